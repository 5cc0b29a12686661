import { Problem } from '../../../shared/platform/problem.ts';
import { captureLimit } from '../../../shared/traceability/epcis/contract.ts';
import { epcisDocument, eventsOf } from '../../../shared/traceability/epcis/document.ts';
import type { EpcisEvent } from '../../../shared/traceability/epcis/event.ts';
import { type Finding, finding } from '../../../shared/traceability/epcis/findings.ts';
import type { Fields } from '../../../shared/traceability/epcis/json.ts';
import { documentFindings, eventFindings } from '../../../shared/traceability/epcis/validate.ts';
import { newId } from '../../platform/ids.ts';
import { readJson } from '../../platform/read-json.ts';
import type { CaptureJob, ErrorBehaviour } from './capture-store.ts';
import { mostRows, notValid, tooMuch } from './epcis-problems.ts';
import { fits, readPrints } from './event-store.ts';
import { type PreparedEvent, prepare } from './prepare.ts';
import { recordCapture } from './record-events.ts';

/** The name of an event stands in addresses and headers. */
const longestId = 1_000;

/** @throws Problem `unsupported_media_type`, `malformed_json` */
export function readCaptured(bytes: Uint8Array, contentType: string | undefined): unknown {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json' && type !== 'application/ld+json')
    throw new Problem('unsupported_media_type', {
      vi: 'Xin gửi nội dung dạng application/json hoặc application/ld+json.',
      en: 'Send application/json or application/ld+json.',
    });
  try {
    return readJson(bytes);
  } catch {
    const message = { vi: 'Không đọc được nội dung JSON.', en: 'The body is not well-formed JSON.' };
    throw new Problem('malformed_json', message, { errors: [{ path: '', message }] });
  }
}

function prepared(event: unknown, document: Fields, at: string): PreparedEvent | Finding {
  const own = event as EpcisEvent;
  if (own.eventID !== undefined && own.eventID.length > longestId) return finding('too_large', `${at}/eventID`);
  const ready = prepare(own, document, at);
  return fits(ready.event) ? ready : finding('too_large', at);
}

/** An event that a document says twice is one event; two events under one ID are a mistake, and the first of them stands. */
function eachOnce(ready: readonly PreparedEvent[]): { once: PreparedEvent[]; repeats: Finding[] } {
  const known = new Map<string, PreparedEvent>();
  const repeats: Finding[] = [];
  for (const event of ready) {
    const before = known.get(event.ref);
    if (!before) known.set(event.ref, event);
    else if (before.print !== event.print) repeats.push(finding('duplicate_event_id', `${event.at}/eventID`));
  }
  return { once: [...known.values()], repeats };
}

/** Which event of the list at `at` a finding is about; undefined for the document itself. */
function eventAt(pointer: string, at: string): number | undefined {
  const [, index] = pointer.startsWith(`${at}/`) ? (/^(\d+)(?:\/|$)/.exec(pointer.slice(at.length + 1)) ?? []) : [];
  return index === undefined ? undefined : Number(index);
}

/**
 * A seller's document of events: checked, named and recorded, all of it or (`proceed`) what is right in it.
 * @param until milliseconds; what is not recorded by then is finished by the clock
 * @throws Problem 400 with every finding when nothing may be recorded, 413 when it is too much
 */
export async function captureDocument(
  sellerId: string,
  sent: unknown,
  behaviour: ErrorBehaviour,
  now: Date,
  until?: number,
): Promise<CaptureJob> {
  const read = epcisDocument.safeParse(sent);
  const { at, events } = read.success ? eventsOf(read.data) : { at: '', events: [] };
  if (events.length > captureLimit) throw tooMuch();
  const findings = documentFindings(sent, now);
  const bad = new Set(findings.map(({ pointer }) => eventAt(pointer, at)));
  if (!read.success || bad.has(undefined)) throw notValid(findings);
  const ready: PreparedEvent[] = [];
  for (const [i, event] of events.entries()) {
    if (bad.has(i)) continue;
    const one = prepared(event, sent as Fields, `${at}/${i}`);
    if ('ref' in one) ready.push(one);
    else findings.push(one);
  }
  const { once, repeats } = eachOnce(ready);
  findings.push(...repeats);
  if (findings.length && behaviour === 'rollback') throw notValid(findings);
  if (once.reduce((sum, { rows }) => sum + rows, 0) > mostRows) throw tooMuch();
  const errors = findings.map(({ code, pointer }) => ({ code, pointer }));
  return recordCapture({ id: newId('cap', now), sellerId, behaviour, errors }, once, now, until);
}

/**
 * One event on its own.
 * @throws Problem 400 with every finding; `conflict` when there is an event of this ID, the same one or another
 */
export async function captureEvent(sellerId: string, sent: unknown, now: Date): Promise<PreparedEvent> {
  const findings = eventFindings(sent, now);
  if (findings.length) throw notValid(findings);
  const one = prepared(sent, {}, '');
  if (!('ref' in one)) throw notValid([one]);
  if (one.rows > mostRows) throw tooMuch();
  const id = newId('own', now);
  const { errors } = await recordCapture({ id, sellerId, behaviour: 'rollback', errors: [] }, [one], now);
  const [error] = errors;
  if (error?.code === 'declaration_differs') throw notValid([finding(error.code, error.pointer)]);
  const print = (await readPrints(sellerId, [one.ref])).get(one.ref);
  if (error || print?.job !== id)
    throw new Problem('conflict', { vi: 'Đã có sự kiện mang mã này.', en: 'There is an event with this ID already.' });
  return one;
}
