import { createHash } from 'node:crypto';
import { notFound } from '../../shared/platform/problem.ts';
import { ownSerial } from '../../shared/traceability/digital-link.ts';
import { isGtin } from '../../shared/traceability/gtin.ts';
import { putScan, readItem } from './store.ts';

/** Personal data law 91/2025: as long as a pattern of copying can be seen, no longer. */
const keepSeconds = 180 * 86_400;

const hashOf = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);

/**
 * A person looked at the page: only the page's own call counts, because messengers such as Zalo fetch links before anyone opens them.
 * @throws Problem `not_found` for a code that was never issued
 */
export async function countScan(
  asked: { gtin: string; serial: string },
  scan: { nonce: string; device: string },
  now: Date,
): Promise<{ count: number; firstAt: string }> {
  const { gtin } = asked;
  const serial = isGtin(gtin) ? ownSerial(asked.serial) : undefined;
  const at = now.toISOString();
  const outcome = serial
    ? await putScan(gtin, serial, {
        nonce: hashOf(scan.nonce),
        device: hashOf(gtin, serial, scan.device),
        at,
        expiresAtSeconds: Math.floor(now.getTime() / 1000) + keepSeconds,
      })
    : 'unknown_item';
  if (!serial || outcome === 'unknown_item') throw notFound({ vi: 'Chợ chưa từng cấp mã này.', en: 'This code was never issued.' });
  const item = await readItem(gtin, serial);
  return { count: item?.scanCount ?? 1, firstAt: item?.firstScanAt ?? at };
}
