import { notFound } from '../../../shared/platform/problem.ts';
import type { collections as names } from '../../../shared/traceability/epcis/contract.ts';
import { sameEpc, sameWord } from '../../../shared/traceability/epcis/named-in.ts';
import { alsoWith, type EventQuery, ofEpc, readPaging } from '../../../shared/traceability/epcis/query.ts';
import { eventTypes } from '../../../shared/traceability/epcis/query-parameters.ts';
import { type VocabularyName, vocabularies } from '../../../shared/traceability/epcis/vocabulary.ts';
import { badParameter } from './epcis-problems.ts';
import { recordedUpTo } from './event-store.ts';
import { isKnown, isKnownEpc, type KnownKind, type KnownPage, readEpcs, readKnown } from './known-store.ts';
import { askedBy, nextToken, readToken } from './query-events.ts';

/** A way to the events by what they have in common. */
export interface Collection {
  path: string;
  /** Names of members, in one order, those after `after`. */
  members: (sellerId: string, asOf: string, limit: number, after: string | undefined) => Promise<KnownPage>;
  isMember: (sellerId: string, name: string, asOf: string) => Promise<boolean>;
  /** The query for a member's events alone. */
  narrow: (query: EventQuery, name: string) => EventQuery | undefined;
}

/** Words that are known to everyone, in alphabetical order before whatever a seller's own events say. */
const page = (words: readonly string[], limit: number, after: string | undefined): KnownPage => {
  const left = words.filter((word) => after === undefined || word > after);
  return { values: left.slice(0, limit), more: left.length > limit };
};

function vocabulary(path: string, kind: KnownKind & VocabularyName, parameter: string): Collection {
  const words = [...vocabularies[kind].words].sort();
  const isWord = (text: string) => vocabularies[kind].words.has(text);
  return {
    path,
    async members(sellerId, asOf, limit, after) {
      const standard = after === undefined || isWord(after) ? page(words, limit, after) : { values: [], more: false };
      if (standard.more) return standard;
      const own = await ownWords(
        sellerId,
        kind,
        isWord,
        asOf,
        limit - standard.values.length,
        after === undefined || isWord(after) ? '' : after,
      );
      return { values: [...standard.values, ...own.values], more: own.more };
    },
    isMember: async (sellerId, name, asOf) => isWord(sameWord(kind, name)) || isKnown(sellerId, kind, sameWord(kind, name), asOf),
    narrow: (query, name) => alsoWith(query, parameter, name),
  };
}

/** Words of a seller's own are URIs; the standard's, when events say them, are among the known words as well. */
async function ownWords(sellerId: string, kind: KnownKind, isWord: (text: string) => boolean, asOf: string, limit: number, after: string) {
  const values: string[] = [];
  for (let place = after; ; ) {
    const found = await readKnown(sellerId, kind, asOf, 100, place);
    for (const value of found.values) {
      if (isWord(value)) continue;
      if (values.length === limit) return { values, more: true };
      values.push(value);
    }
    if (!found.more) return { values, more: false };
    place = found.values.at(-1) ?? '';
  }
}

const places = (path: string, kind: KnownKind, parameter: string): Collection => ({
  path,
  members: (sellerId, asOf, limit, after) => readKnown(sellerId, kind, asOf, limit, after),
  isMember: (sellerId, name, asOf) => isKnown(sellerId, kind, sameEpc(name), asOf),
  narrow: (query, name) => alsoWith(query, parameter, name),
});

export const collections: Readonly<Record<(typeof names)[number], Collection>> = {
  eventTypes: {
    path: '/epcis/eventTypes',
    members: async (_sellerId, _asOf, limit, after) => page(eventTypes, limit, after),
    isMember: async (_sellerId, name) => eventTypes.some((type) => type === name),
    narrow: (query, name) => alsoWith(query, 'eventType', name),
  },
  epcs: {
    path: '/epcis/epcs',
    members: readEpcs,
    isMember: (sellerId, name, asOf) => isKnownEpc(sellerId, sameEpc(name), asOf),
    narrow: ofEpc,
  },
  bizSteps: vocabulary('/epcis/bizSteps', 'bizStep', 'EQ_bizStep'),
  dispositions: vocabulary('/epcis/dispositions', 'disposition', 'EQ_disposition'),
  bizLocations: places('/epcis/bizLocations', 'bizLocation', 'EQ_bizLocation'),
  readPoints: places('/epcis/readPoints', 'readPoint', 'EQ_readPoint'),
};

export const collectionOf = (name: string): Collection | undefined =>
  Object.hasOwn(collections, name) ? collections[name as keyof typeof collections] : undefined;

/** Later than any record time is a seller without events: only what everyone knows is listed. */
const nothing = '';

/** A word or a URI that a key can hold. */
const memberPlace = /^[\x21-\x7e]{1,1000}$/;

/** One page of a collection's members. @throws Problem 400 for a wrong parameter or token */
export async function listMembers(sellerId: string, collection: Collection, rawQuery: string, now: Date) {
  const paging = readPaging(rawQuery);
  if (!paging.ok) throw badParameter(paging.fault.name, paging.fault.text);
  const of = askedBy(sellerId, collection.path, '');
  const token = readToken(paging.nextPageToken, of, memberPlace, now);
  const recorded = (await recordedUpTo(sellerId)) ?? nothing;
  const asOf = token && token.asOf < recorded ? token.asOf : recorded;
  const { values, more } = await collection.members(sellerId, asOf, paging.perPage, token?.after);
  const last = values.at(-1);
  const next =
    more && last !== undefined ? nextToken({ of, asOf, after: last, shown: (token?.shown ?? 0) + values.length }, now) : undefined;
  return { values, next };
}

/** A proxy or a browser may have made one slash of two. */
export const unfolded = (name: string): string => name.replace(/^(https?):\/+/i, '$1://').replace(/^ni:\/+/, 'ni:///');

/** What stands behind a collection's address: a member, or its events. */
export function readMember(proxy: string): { name: string; isEvents: boolean } {
  const isEvents = proxy.endsWith('/events');
  return { name: unfolded(isEvents ? proxy.slice(0, -'/events'.length) : proxy), isEvents };
}

/** @throws Problem `not_found` for what this seller's events do not name */
export async function assertMember(sellerId: string, collection: Collection, name: string): Promise<void> {
  const asOf = (await recordedUpTo(sellerId)) ?? nothing;
  if (!(await collection.isMember(sellerId, name, asOf)))
    throw notFound({ vi: 'Gian hàng không có sự kiện nào về mục này.', en: 'None of your events is about this.' });
}
