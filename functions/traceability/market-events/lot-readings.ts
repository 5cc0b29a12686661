import { createHash } from 'node:crypto';
import { invalid, notFound, Problem } from '../../../shared/platform/problem.ts';
import { startOfBusinessDay } from '../../../shared/platform/time.ts';
import { ownSerial } from '../../../shared/traceability/digital-link.ts';
import { canonicalEpc } from '../../../shared/traceability/epcis/identifiers.ts';
import { epcOf } from '../../../shared/traceability/graph/names.ts';
import type { LotReadings } from '../../../shared/traceability/readings/contract.ts';
import { type Fault, readCsv } from '../../../shared/traceability/readings/read-csv.ts';
import { hoursOf, type Limits, seriesOf, stretchesOf, summaryOf } from '../../../shared/traceability/readings/windows.ts';
import { readingWords } from '../../../shared/traceability/readings/words.ts';
import { findSku } from '../../catalog/find-sku.ts';
import { tables } from '../../platform/config.ts';
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts';
import { findReplay, type Recorded } from '../../platform/idempotency.ts';
import { newId } from '../../platform/ids.ts';
import { ownLot } from '../lots/own-lot.ts';
import { readItem, type StoredLot } from '../store.ts';
import { listReadings, putReadings, readFile, readReadingsOf, type StoredReadings } from './reading-store.ts';

interface Asked {
  sellerId: string;
  lot: string;
  query: { min?: number | undefined; max?: number | undefined; serial?: string | undefined; sscc?: string | undefined };
  type: string;
  bytes: Uint8Array;
  key: string;
}

const mostStretches = 48;

/** What was measured: the lot, or the one thing the seller names. */
async function measuredOf(stored: StoredLot, { serial, sscc }: Asked['query']): Promise<{ of: string; isClass: boolean }> {
  const { gtin, lot } = stored;
  if (serial !== undefined && sscc !== undefined)
    throw invalid('query.sscc', { vi: 'Chỉ nêu một hộp hoặc một kiện.', en: 'Name one item or one logistic unit, not both.' });
  if (serial !== undefined) {
    const own = ownSerial(serial);
    if (!own || (await readItem(gtin, own))?.lot !== lot)
      throw invalid('query.serial', { vi: 'Lô này không có hộp mang mã đó.', en: 'The lot has no box with this serial.' });
    return { of: epcOf({ gtin, serial: own }), isClass: false };
  }
  if (sscc === undefined) return { of: epcOf({ gtin, lot }), isClass: true };
  const read = /^\d{18}$/.test(sscc) ? canonicalEpc(`https://id.gs1.org/00/${sscc}`) : undefined;
  if (!read?.ok) throw invalid('query.sscc', { vi: 'Mã SSCC không đúng.', en: 'This is not an SSCC.' });
  return { of: read.epc, isClass: false };
}

/** Chilled goods keep between 2 and 8 °C unless the seller says otherwise; nobody knows a limit for the rest. */
async function limitsOf({ sku }: StoredLot, { min, max }: Asked['query']): Promise<Limits> {
  if (min !== undefined && max !== undefined && min >= max)
    throw invalid('query.max', { vi: 'Ngưỡng trên phải cao hơn ngưỡng dưới.', en: 'The upper limit must be above the lower one.' });
  if (min !== undefined || max !== undefined) return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  return (await findSku(sku))?.shippingClass === 'chilled' ? { min: 2, max: 8 } : {};
}

const refusedFile = (faults: readonly Fault[]) =>
  new Problem(
    'validation_failed',
    { vi: 'Tệp số đo có chỗ chưa đọc được; chưa ghi dòng nào.', en: 'Parts of the file cannot be read; nothing was recorded.' },
    { errors: faults.map(({ line, text }) => ({ path: line === 0 ? 'body' : `body:${line}`, message: text })) },
  );

const boundsOf = (lot: StoredLot, now: Date) => ({ from: startOfBusinessDay(lot.harvestedOn), now });

/** The readings of a file that was accepted, read as they were on that day. */
export const readingsOf = (lot: StoredLot, { recordedAt }: StoredReadings, bytes: Uint8Array) =>
  readCsv(bytes, boundsOf(lot, new Date(recordedAt)));

/**
 * A seller hands in what a logger wrote. The file is kept as it came, with a summary; its events are written from it afterwards.
 * @throws Problem `not_found`, `unsupported_media_type`, 422 naming each line that cannot be read
 */
export async function addReadings(asked: Asked, now: Date): Promise<Recorded<LotReadings> & { isRepeat: boolean }> {
  const { sellerId, lot: name, query, bytes, key } = asked;
  if (asked.type.split(';')[0]?.trim().toLowerCase() !== 'text/csv')
    throw new Problem('unsupported_media_type', { vi: 'Xin gửi tệp dạng text/csv.', en: 'Send text/csv.' });
  const said = { lot: name, query, sha256: createHash('sha256').update(bytes).digest('base64url') };
  const request = { scope: `addReadings#${sellerId}`, key, body: said, now };
  const before = await findReplay<LotReadings>(request, tables.traceability);
  if (before) return { ...before, isRepeat: true };
  const lot = await ownLot(sellerId, name);
  const [measured, limits] = await Promise.all([measuredOf(lot, query), limitsOf(lot, query)]);
  const read = readCsv(bytes, boundsOf(lot, now));
  if (!read.ok) throw refusedFile(read.faults);
  const { from, to, ...whole } = summaryOf(read.readings, limits);
  const hours = hoursOf(read.readings, limits);
  const series = seriesOf(read.readings);
  const body: LotReadings = {
    ...{ id: newId('rdg', now), recordedAt: now.toISOString(), of: measured.of },
    ...{ ...whole, gaps: read.gaps, from: from.toISOString(), to: to.toISOString(), limits, isAlarm: whole.beyond > 0 },
    words: readingWords({ from, to, ...whole }, hours, limits),
    devices: [...new Set(series.flatMap(({ device }) => device ?? []))],
    places: [...new Set(series.flatMap(({ place }) => place ?? []))],
    stretches: stretchesOf(read.readings, limits, mostStretches).map(({ from: begin, to: end, minC, maxC, meanC, beyond }) => ({
      ...{ from: begin.toISOString(), to: end.toISOString(), minC, maxC, meanC, beyond },
    })),
  };
  const answer = { status: 201, body };
  const stored = { ...body, gtin: lot.gtin, lot: lot.lot, sellerId, isClass: measured.isClass };
  if (await putReadings(stored, bytes, request, answer)) return { ...answer, isRepeat: false };
  return addReadings(asked, now);
}

const shown = ({ gtin: _gtin, lot: _lot, sellerId: _seller, isClass: _class, ...readings }: StoredReadings): LotReadings => {
  const { pk: _pk, sk: _sk, ...own } = readings as LotReadings & { pk?: string; sk?: string };
  return own;
};

const isId = (place: unknown): place is string => typeof place === 'string' && /^rdg_[0-9A-Z]{21}$/.test(place);

/** @throws Problem `not_found`, also for another's lot */
export async function readingsOfLot(sellerId: string, name: string, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
  const { gtin, lot } = await ownLot(sellerId, name);
  const { items, more } = await listReadings(gtin, lot, limit, decodeCursor(cursor, isId));
  const last = items.at(-1);
  return { items: items.map(shown), ...(more && last ? { nextCursor: encodeCursor(last.id) } : {}) };
}

/** @throws Problem `not_found` */
export async function readingFile(sellerId: string, name: string, id: string): Promise<Uint8Array> {
  const { gtin, lot } = await ownLot(sellerId, name);
  if (!(await readReadingsOf(gtin, lot, id))) throw notFound({ vi: 'Lô này không có tệp số đo đó.', en: 'The lot has no such file.' });
  return readFile(id);
}
