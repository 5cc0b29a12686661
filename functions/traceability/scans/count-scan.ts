import { createHash } from 'node:crypto';
import { notFound } from '../../../shared/platform/problem.ts';
import { businessDay } from '../../../shared/platform/time.ts';
import { ownSerial } from '../../../shared/traceability/digital-link.ts';
import { isGtin } from '../../../shared/traceability/gtin.ts';
import { copyFindings, isSuspicious } from '../../../shared/traceability/scans/copies.ts';
import { placesOfLot } from '../../../shared/traceability/scans/lot-scans.ts';
import { afterLook, isNewPlace, unseen } from '../../../shared/traceability/scans/scans.ts';
import type { TraceState } from '../../../shared/traceability/scans/states.ts';
import { jitter } from '../../platform/retry.ts';
import { limitGuesses } from './guesses.ts';
import { markDoubtful, putCountOnly, putScan, readLotCounts, type Scan } from './scan-store.ts';
import { sentBoxes } from './sent-boxes.ts';
import { factsOf, isForgotten, readTraced, stateOfTraced, type TracedItem } from './traced-item.ts';
import { type Visitor, visitorPlace } from './visitor.ts';

/** Personal data law 91/2025: as long as a pattern of copying can be seen, no longer. */
const keepSeconds = 180 * 86_400;

/** Rivals are people who look at one item in the same few milliseconds. */
const maxAttempts = 6;

const hashOf = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

interface Counted {
  count: number;
  firstAt: string;
  state: TraceState;
}

/**
 * A person looked at the page: only the page's own call counts, because messengers such as Zalo fetch links before anyone opens them.
 * @throws Problem `not_found` for a code that was never issued or is forgotten, `rate_limited` for too many of them
 */
export async function countScan(
  asked: { gtin: string; serial: string },
  said: { nonce: string; device: string },
  visitor: Visitor,
  now: Date,
): Promise<Counted> {
  const serial = isGtin(asked.gtin) ? ownSerial(asked.serial) : undefined;
  const place = visitorPlace(visitor);
  for (let attempt = 1; ; attempt++) {
    const traced = serial ? await readTraced(asked.gtin, serial) : undefined;
    if (serial && !traced && (await isForgotten(asked.gtin, serial)))
      throw notFound({ vi: 'Hồ sơ của mã này đã hết thời hạn lưu.', en: 'The records of this code are no longer kept.' });
    if (!serial || !traced) {
      await limitGuesses(visitor, now);
      throw notFound({ vi: 'Chợ chưa từng cấp mã này.', en: 'This code was never issued.' });
    }
    const scan: Scan = {
      nonce: hashOf(said.nonce).slice(0, 22),
      // The batch's name is told to nobody, so the hash cannot be made from outside.
      device: hashOf(traced.item.batchId, serial, said.device).slice(0, 22),
      ...(place === undefined ? {} : { place }),
      at: now.toISOString(),
      expiresAtSeconds: Math.floor(now.getTime() / 1000) + keepSeconds,
    };
    const outcome = await put(asked.gtin, serial, scan, traced, attempt);
    if (outcome === 'changed') {
      await jitter(attempt);
      continue;
    }
    const after = (await readTraced(asked.gtin, serial)) ?? traced;
    return { count: after.item.scanCount, firstAt: after.item.firstScanAt ?? scan.at, state: stateOfTraced(after, businessDay(now)) };
  }
}

async function put(
  gtin: string,
  serial: string,
  scan: Scan,
  traced: TracedItem,
  attempt: number,
): Promise<'counted' | 'repeat' | 'changed'> {
  const { item, sale, home } = traced;
  const before = item.seen ?? unseen;
  const { at, place } = scan;
  // A seller may press "sent" late: at the buyer's nobody is early.
  const isEarly = sale?.shipment === 'not_sent' && place !== undefined && place !== home && place !== sale.to;
  const seen = afterLook(before, { at, phone: scan.device.slice(0, 8), place, isEarly });
  const findings = copyFindings(seen, factsOf(traced));
  const effect = {
    item,
    seen,
    isNewPlace: isNewPlace(before, seen, place),
    isNewSuspect: item.suspiciousSince === undefined && isSuspicious(findings),
  };
  if (attempt > maxAttempts) return putCountOnly(gtin, serial, scan, effect);
  const outcome = await putScan(gtin, serial, scan, effect);
  if (outcome === 'counted' && effect.isNewPlace && place !== home && place !== sale?.to) await lookAtLot(traced, at);
  return outcome;
}

/** An item turned up where it was not sent to: is its lot seen there too often? Sixteen small reads, for few scans. */
async function lookAtLot({ lot, home }: TracedItem, at: string): Promise<void> {
  const { boxes } = await readLotCounts(lot.gtin, lot.lot);
  const places = placesOfLot({ home, coded: lot.codesIssued, sent: sentBoxes(lot), boxesSeen: boxes });
  const before = lot.doubtful?.provinces ?? [];
  const added = places.flatMap(({ place, isDoubtful }) => (isDoubtful && !before.includes(place) ? [place] : []));
  if (added.length > 0) await markDoubtful(lot.gtin, lot.lot, { since: lot.doubtful?.since ?? at, provinces: [...before, ...added] });
}
