import {
  type ChainFinding,
  type ChainVerdict,
  type ClosedDay,
  checkChain,
  type FoundEvent,
} from '../../../shared/traceability/records/chain-check.ts';
import { tables } from '../../platform/config.ts';
import { scanAll } from '../../platform/dynamo.ts';
import { log } from '../../platform/log.ts';
import { eventOfRow } from '../epcis/event-store.ts';
import { chainRow } from './chain-store.ts';
import { fingerprintOf, sha256Hex } from './fingerprint.ts';

export interface Verified extends ChainVerdict {
  sellers: number;
  days: number;
}

interface Book {
  days: Map<string, ClosedDay & { leaves: ClosedDay['leaves'][number][] }>;
  events: FoundEvent[];
}

/** Reads the whole table once, event by event; of each it keeps some 200 bytes. */
async function readBooks(): Promise<Map<string, Book>> {
  const books = new Map<string, Book>();
  const leaves: { sellerId: string; day: string; leaves: ClosedDay['leaves'] }[] = [];
  const bookOf = (sellerId: string): Book => {
    const book = books.get(sellerId) ?? { days: new Map(), events: [] };
    books.set(sellerId, book);
    return book;
  };
  await scanAll(tables.traceability, (item) => {
    const chain = chainRow(item);
    if (chain && 'record' in chain) bookOf(chain.sellerId).days.set(chain.record.day, { record: chain.record, leaves: [] });
    else if (chain) leaves.push(chain);
    const row = eventOfRow(item);
    if (!row) return;
    const { ref, eventID, recordTime, stored } = row;
    bookOf(row.sellerId).events.push({ ref, eventID, recordTime, fingerprint: stored ? fingerprintOf(stored) : 'unreadable' });
  });
  for (const piece of leaves)
    books
      .get(piece.sellerId)
      ?.days.get(piece.day)
      ?.leaves.push(...piece.leaves);
  return books;
}

async function verifyOnce(): Promise<Verified> {
  const all: Verified = { findings: [], good: 0, forgotten: 0, open: 0, sellers: 0, days: 0 };
  for (const [sellerId, { days, events }] of await readBooks()) {
    if (days.size === 0) {
      all.open += events.length;
      continue;
    }
    const verdict = checkChain(sellerId, [...days.values()], events, sha256Hex);
    all.findings.push(...verdict.findings);
    for (const name of ['good', 'forgotten', 'open'] as const) all[name] += verdict[name];
    all.sellers++;
    all.days += days.size;
  }
  return all;
}

/**
 * Makes every seller's chain anew and compares. The market may go on meanwhile: what was found is looked at a second time, and only what
 * stays so is told, for a day that is just being closed or forgotten can be read half.
 */
export async function verifyChains(): Promise<Verified> {
  const first = await verifyOnce();
  if (first.findings.length === 0) return first;
  const second = await verifyOnce();
  const nameOf = (finding: ChainFinding): string => JSON.stringify(finding);
  const before = new Set(first.findings.map(nameOf));
  return { ...second, findings: second.findings.filter((finding) => before.has(nameOf(finding))) };
}

/** Every night. It fails when anything was changed, which wakes a person (infra/aws); each finding is in the log with its ids. */
export const handler = async (): Promise<Omit<Verified, 'findings'>> => {
  const { findings, ...verified } = await verifyChains();
  for (const finding of findings) log.critical('an event does not agree with the chain', { ...finding });
  if (findings.length > 0) throw new Error(`${findings.length} things do not agree with the chain of events`);
  log.info('the chain of events stands', { ...verified });
  return verified;
};
