import { createHash } from 'node:crypto';
import { nationalPhone } from '../../../shared/platform/phone.ts';
import { notFound } from '../../../shared/platform/problem.ts';
import { businessDay } from '../../../shared/platform/time.ts';
import { ownSerial, readLink } from '../../../shared/traceability/digital-link.ts';
import type { Doubt, DoubtKind } from '../../../shared/traceability/scans/contract.ts';
import { decodeCursor, encodeCursor, isPlaceOf } from '../../platform/cursor.ts';
import { allDoubts, listAllDoubts, putDoubt } from './doubt-store.ts';
import { limitDoubts } from './guesses.ts';
import { isForgotten, readTraced, stateOfTraced } from './traced-item.ts';
import type { Visitor } from './visitor.ts';

/** As long as a matter may be followed up; the phone goes with it. */
const keepSeconds = 365 * 86_400;

interface Said {
  kind: DoubtKind;
  text: string;
  /** E.164 */
  phone?: string | undefined;
}

/**
 * Keeps what a shopper doubts, for the lot's seller and the department. Also a code that was never issued may be reported: those matter most.
 * @throws Problem `not_found` (not a code at all), `rate_limited`
 */
export async function reportDoubt(
  asked: { gtin: string; serial: string },
  said: Said,
  visitor: Visitor,
  now: Date,
): Promise<{ id: string; receivedAt: string }> {
  const own = ownSerial(asked.serial);
  const serial = own ?? asked.serial;
  if (!readLink({ gtin: asked.gtin, serial }).ok)
    throw notFound({ vi: 'Mã trên nhãn không đúng dạng.', en: 'This is not a well-formed code.' });
  await limitDoubts(visitor, now);
  const traced = own ? await readTraced(asked.gtin, own) : undefined;
  const day = businessDay(now);
  const words = createHash('sha256').update(JSON.stringify([asked.gtin, serial, said.kind, said.text, said.phone ?? '']));
  const doubt: Doubt = {
    id: `dbt_${day.replaceAll('-', '')}_${words.digest('base64url').slice(0, 16)}`,
    at: now.toISOString(),
    gtin: asked.gtin,
    serial,
    state: own && !traced && (await isForgotten(asked.gtin, own)) ? 'forgotten' : stateOfTraced(traced, day),
    ...(traced ? { lot: traced.lot.lot } : {}),
    ...(traced?.seller ? { seller: traced.seller.name } : {}),
    kind: said.kind,
    text: said.text,
    ...(said.phone ? { phone: nationalPhone(said.phone) } : {}),
  };
  return { id: doubt.id, receivedAt: await putDoubt(doubt, Math.floor(now.getTime() / 1_000) + keepSeconds) };
}

const isPlace = isPlaceOf(allDoubts);

/** All reports, newest first, for those who watch over the market. */
export async function doubts({
  limit,
  cursor,
}: {
  limit: number;
  cursor?: string | undefined;
}): Promise<{ items: Doubt[]; nextCursor?: string }> {
  const { doubts: stored, next } = await listAllDoubts(limit, decodeCursor(cursor, isPlace));
  const items = stored.map(({ id, at, gtin, serial, state, lot, seller, kind, text, phone }) => ({
    ...{ id, at, gtin, serial, state, lot, seller, kind, text, phone },
  }));
  return { items, ...(next ? { nextCursor: encodeCursor(next) } : {}) };
}
