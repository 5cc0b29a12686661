import { notFound } from '../../../shared/platform/problem.ts';
import { captureJob, epcisContract, collections as names } from '../../../shared/traceability/epcis/contract.ts';
import { epcisContext } from '../../../shared/traceability/epcis/document.ts';
import { type FindingCode, finding } from '../../../shared/traceability/epcis/findings.ts';
import type { Fields } from '../../../shared/traceability/epcis/json.ts';
import { readPaging } from '../../../shared/traceability/epcis/query.ts';
import { sellerOf } from '../../accounts/seller-of.ts';
import type { Caller } from '../../platform/auth.ts';
import { config } from '../../platform/config.ts';
import { door } from '../../platform/door.ts';
import { epcisReply } from '../../platform/epcis-reply.ts';
import type { Language } from '../../platform/problems.ts';
import { captureDocument, captureEvent, readCaptured } from './capture-document.ts';
import { type CaptureJob, listJobs, readJob } from './capture-store.ts';
import { assertMember, type Collection, collectionOf, collections, listMembers, readMember, unfolded } from './collections.ts';
import { badParameter } from './epcis-problems.ts';
import { readBodies, readEventAndDeclaration, type StoredEvent } from './event-store.ts';
import { askedBy, nextToken, queryEvents, queryOf, readToken } from './query-events.ts';
import { discovery, type EpcForm, spoken, withLinks } from './spoken.ts';

const origin = config.PUBLIC_ORIGIN;

/** The call has 29 seconds; what is not recorded by then is finished by the clock. */
const recordMs = 20_000;

const sellerId = async (caller: Caller): Promise<string> => (await sellerOf(caller)).id;

/** A request as far as every answer needs it. */
interface Asked {
  caller: Caller;
  headers: { accept?: string | undefined; [name: string]: string | undefined };
  rawQuery: string;
  now: Date;
}

/** The next page's address and how long it may be asked for. */
function linkTo(path: string, rawQuery: string, next: { token: string; expires: Date } | undefined): Record<string, string> {
  if (!next) return {};
  const query = new URLSearchParams(rawQuery);
  query.set('nextPageToken', next.token);
  return { link: `<${origin}${path}?${query.toString()}>; rel="next"`, 'gs1-next-page-token-expires': next.expires.toISOString() };
}

const formed = ({ event }: StoredEvent, form: EpcForm): Record<string, unknown> => {
  const fields = event as unknown as Fields;
  return { ...(form === 'link' ? withLinks(fields) : fields) };
};

const document = (events: readonly StoredEvent[], form: EpcForm, now: Date) => ({
  '@context': epcisContext,
  type: 'EPCISQueryDocument' as const,
  schemaVersion: '2.0' as const,
  creationDate: now.toISOString(),
  epcisBody: {
    queryResults: { queryName: 'SimpleEventQuery', resultsBody: { eventList: events.map((stored) => formed(stored, form)) } },
  },
});

const membersOf = (member: readonly string[]) => ({ '@context': epcisContext, type: 'Collection' as const, member: [...member] });

const jobAnswer = ({ id, behaviour, createdAt, finishedAt, status, errors }: CaptureJob, language: Language) =>
  captureJob.parse({
    captureID: id,
    createdAt,
    finishedAt,
    running: status === 'running',
    success: errors.length === 0,
    captureErrorBehaviour: behaviour,
    errors: errors.map(({ code, pointer }) => errorOf(code, pointer, language)),
  });

const invalidEvent = { vi: 'Sự kiện không đúng', en: 'Invalid event' };
const errorOf = (code: FindingCode, pointer: string, language: Language) => ({
  type: 'epcisException:ValidationException',
  title: invalidEvent[language],
  status: 400,
  detail: finding(code, pointer).text[language],
  path: pointer,
});

/** Events at an address: `narrow` has added what the address itself demands. */
async function eventsAt(asked: Asked, path: string, collection?: Collection, name?: string) {
  const { headers, form } = spoken(asked.headers);
  const seller = await sellerId(asked.caller);
  const { query, ...page } = queryOf(asked.rawQuery);
  if (collection && name !== undefined) await assertMember(seller, collection, name);
  const narrowed = collection && name !== undefined ? collection.narrow(query, name) : query;
  if (!narrowed) throw notFound();
  const found = await queryEvents(seller, narrowed, { ...page, asked: askedBy(seller, path, asked.rawQuery) }, asked.now);
  return { body: document(found.events, form, asked.now), headers: { ...headers, ...linkTo(path, asked.rawQuery, found.next) } };
}

async function listOf(asked: Asked, collection: Collection) {
  const { headers } = spoken(asked.headers);
  const { values, next } = await listMembers(await sellerId(asked.caller), collection, asked.rawQuery, asked.now);
  return { body: membersOf(values), headers: { ...headers, ...linkTo(collection.path, asked.rawQuery, next) } };
}

/** A member of a collection leads to its events. */
async function ofMember(asked: Asked, collection: Collection, rest: string) {
  const { name, isEvents } = readMember(rest);
  if (isEvents) return eventsAt(asked, `${collection.path}/${encodeURIComponent(name)}/events`, collection, name);
  const { headers } = spoken(asked.headers);
  await assertMember(await sellerId(asked.caller), collection, name);
  return { body: membersOf(['events']), headers };
}

async function oneEvent({ caller, headers, now }: Asked, eventID: string) {
  const { headers: answered, form } = spoken(headers);
  const events = await readEventAndDeclaration(await sellerId(caller), eventID);
  if (!events.length) throw notFound({ vi: 'Gian hàng không có sự kiện này.', en: 'You have no such event.' });
  return { body: document(events, form, now), headers: answered };
}

/** `events/…` or a collection's name, and what stands behind it. */
function split(proxy: string): [first: string, rest: string] {
  const slash = proxy.indexOf('/');
  return slash === -1 ? [proxy, ''] : [proxy.slice(0, slash), proxy.slice(slash + 1)];
}

const jobPlace = /^cap_[0-9A-Z]{21}$/;
const writable = ['capture', 'events'];
const resources = [...writable, ...names];

export const handler = door(
  epcisContract,
  {
    epcisResources: async ({ headers }) => ({ body: membersOf(resources), headers: spoken(headers).headers }),

    async captureEvents({ caller, body, headers, now }) {
      const { 'content-type': _, ...answered } = spoken(headers).headers;
      const seller = await sellerId(caller);
      const sent = readCaptured(body, headers['content-type']);
      const { id } = await captureDocument(seller, sent, headers['gs1-capture-error-behaviour'], now, now.getTime() + recordMs);
      return { headers: { ...answered, location: `${origin}/epcis/capture/${id}` } };
    },

    async listCaptures({ caller, headers, rawQuery, now, language }) {
      const answered = spoken(headers).headers;
      const paging = readPaging(rawQuery);
      if (!paging.ok) throw badParameter(paging.fault.name, paging.fault.text);
      const seller = await sellerId(caller);
      const path = '/epcis/capture';
      const of = askedBy(seller, path, '');
      const token = readToken(paging.nextPageToken, of, jobPlace, now);
      const { jobs, more } = await listJobs(seller, paging.perPage, token?.after);
      const last = jobs.at(-1);
      const next = more && last ? nextToken({ of, asOf: '', after: last.id, shown: (token?.shown ?? 0) + jobs.length }, now) : undefined;
      return { body: jobs.map((job) => jobAnswer(job, language)), headers: { ...answered, ...linkTo(path, rawQuery, next) } };
    },

    async getCapture({ caller, params, headers, language }) {
      const answered = spoken(headers).headers;
      const job = await readJob(await sellerId(caller), params.id);
      if (!job) throw notFound({ vi: 'Gian hàng không có lần gửi này.', en: 'You have no such capture job.' });
      return { body: jobAnswer(job, language), headers: answered };
    },

    async addEvent({ caller, body, headers, now }) {
      const { headers: answered, form } = spoken(headers);
      const seller = await sellerId(caller);
      const { ref, eventID } = await captureEvent(seller, readCaptured(body, headers['content-type']), now);
      const stored = (await readBodies(seller, [ref])).get(ref);
      if (!stored) throw new Error(`event ${eventID} was recorded and is not there`);
      const { '@context': own = [], ...said } = formed(stored, form);
      return {
        body: { '@context': [...new Set([epcisContext, own].flat())], ...said },
        headers: { ...answered, location: `${origin}/epcis/events/${encodeURIComponent(eventID)}` },
      };
    },

    listEvents: (asked) => eventsAt(asked, '/epcis/events'),

    listMembers: (asked) => listOf(asked, collections[asked.params.collection]),

    readBelow(asked) {
      const [first, rest] = split(asked.params.proxy);
      const collection = collectionOf(first);
      if (!rest || !(collection || first === 'events')) throw notFound();
      return collection ? ofMember(asked, collection, rest) : oneEvent(asked, unfolded(rest));
    },

    epcisOptions: async () => discovery('GET, HEAD, OPTIONS', false),
    async belowOptions({ params }) {
      const [first, rest] = split(params.proxy);
      if (!resources.includes(first)) throw notFound();
      const isWritable = writable.includes(first) && !rest;
      return discovery(isWritable ? 'GET, HEAD, POST, OPTIONS' : 'GET, HEAD, OPTIONS', isWritable);
    },
  },
  epcisReply,
);
