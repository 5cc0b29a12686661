import { Problem } from '../../../shared/platform/problem.ts';
import { overHarvest, roomFor } from '../../../shared/traceability/balance.ts';
import { tables } from '../../platform/config.ts';
import { findReplay, type Recorded } from '../../platform/idempotency.ts';
import { crockford, newId } from '../../platform/ids.ts';
import { jitter } from '../../platform/retry.ts';
import { readRecalledAmong, whileNoneIsRecalled } from '../recalls/recall-store.ts';
import { sourcesOf } from '../recalls/recalled-lots.ts';
import { type Batch, putSerials, readSerials, reserveCodes, type StoredLot, serialsPerRow } from '../store.ts';
import { ownLot } from './own-lot.ts';

export interface IssuedCodes {
  lot: string;
  gtin: string;
  count: number;
  serials: string[];
  codesIssued: number;
}

interface Asked {
  sellerId: string;
  /** As `ownLot` reads it. */
  lot: string;
  count: number;
  key: string;
  now: Date;
  /** For tests: where serials come from. */
  draw?: () => string;
}

/** 60 random bits: 10 million live codes hold 0.00004 expected collisions and are guessed 0.03 times a year at 100 tries a second. */
const drawSerial = (): string => crockford(12);

/** More would only queue in the embedded engine; on DynamoDB 102 transactions of 100 items take about a second this way. */
const rowsInFlight = 8;

/** Eight rivals for one lot are already more than one seller's staff can make. */
const maxAttempts = 12;

/**
 * Reserves the grams first and draws the serials after, so a crash can leave reserved grams without codes but never codes without grams.
 * The answer to the key is the batch, not its 130 KB of serials: a repeat finds the batch, writes the rows that are missing and reads all.
 */
export async function issueCodes(asked: Asked): Promise<{ body: IssuedCodes; isRepeat: boolean }> {
  const { batch, isRepeat } = await reserve(asked);
  await fill(batch, asked.draw ?? drawSerial);
  const rows = await readSerials(batch.id, 0, lastRow(batch));
  const serials = [...rows.keys()].sort((a, b) => a - b).flatMap((n) => rows.get(n) ?? []);
  if (serials.length !== batch.count) throw new Error(`batch ${batch.id} holds ${serials.length} of ${batch.count} serials`);
  return { body: { lot: batch.lot, gtin: batch.gtin, count: batch.count, serials, codesIssued: batch.codesIssued }, isRepeat };
}

async function reserve({ sellerId, lot: name, count, key, now }: Asked): Promise<{ batch: Batch; isRepeat: boolean }> {
  const request = { scope: `issueCodes#${sellerId}`, key, body: { lot: name, count }, now };
  // A number that has come to mean two lots since is still answered as it was.
  const before = await findReplay<Batch>(request, tables.traceability);
  if (before) return { batch: before.body, isRepeat: true };
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    // The lot first: a rival with the same key that took the last grams before this read has then also left its answer for the next.
    const lot = await ownLot(sellerId, name);
    const first = await findReplay<Batch>(request, tables.traceability);
    if (first) return { batch: first.body, isRepeat: true };
    if (lot.recall)
      throw new Problem('conflict', { vi: 'Lô này đã bị thu hồi, không cấp thêm mã.', en: 'This lot has been recalled; no more codes.' });
    const sources = await sourcesOf([lot]);
    await refuseRecalledSources(lot, sources);
    if (count > roomFor(lot)) throw new Problem('conflict', overHarvest(lot, count));
    const batch = {
      id: newId('bat', now),
      gtin: lot.gtin,
      lot: lot.lot,
      count,
      codesIssued: lot.codesIssued + count,
      issuedAt: now.toISOString(),
    };
    const answer: Recorded<Batch> = { status: 201, body: batch };
    if ((await reserveCodes(batch, lot, request, answer, whileNoneIsRecalled(sources))) === 'reserved') return { batch, isRepeat: false };
    await jitter(attempt);
  }
  throw new Problem(
    'unavailable',
    { vi: 'Lô đang được cấp mã ở nơi khác. Xin thử lại.', en: 'Codes of this lot are being issued elsewhere. Please try again.' },
    { retryAfterSeconds: 1 },
  );
}

/** What is made of recalled goods is recalled: more labels would put more of it on the market. */
async function refuseRecalledSources({ lot }: StoredLot, sources: Awaited<ReturnType<typeof sourcesOf>>): Promise<void> {
  const recalled = await readRecalledAmong(sources);
  if (recalled.length === 0) return;
  const names = recalled.map((source) => source.lot).join(', ');
  throw new Problem('conflict', {
    vi: `Lô ${names} đang bị thu hồi: không cấp thêm mã cho lô làm ra từ lô này (${lot}).`,
    en: `Lot ${names} is recalled: no more codes for goods made of it (${lot}).`,
  });
}

const lastRow = (batch: Batch): number => Math.ceil(batch.count / serialsPerRow) - 1;

/** Writes every row that is not there yet; rivals doing the same for the same batch help rather than harm. */
async function fill(batch: Batch, draw: () => string): Promise<void> {
  const present = await readSerials(batch.id, 0, lastRow(batch));
  const missing = Array.from({ length: lastRow(batch) + 1 }, (_, n) => n).filter((n) => !present.has(n));
  const rows = missing.values();
  const worker = async () => {
    for (const n of rows) await fillRow(batch, n, draw);
  };
  await Promise.all(Array.from({ length: rowsInFlight }, worker));
}

async function fillRow(batch: Batch, n: number, draw: () => string): Promise<void> {
  const size = Math.min(serialsPerRow, batch.count - n * serialsPerRow);
  for (let attempt = 1; attempt <= 5; attempt++) {
    const serials = new Set<string>();
    while (serials.size < size) serials.add(draw());
    if ((await putSerials(batch, n, [...serials])) !== 'taken') return;
  }
  throw new Error(`no free serials for batch ${batch.id} after 5 draws: the source of randomness is broken`);
}
