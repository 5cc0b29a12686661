import * as z from 'zod';
import { type Contract, type Documented, Instant, route } from '../../platform/contract.ts';

/** The most events and bytes of one capture: Lambda takes 6 MB with their encoding. */
export const captureLimit = 1_000;
export const captureLimitBytes = 4_000_000;

const header = z.string().max(200).optional();
/** Which versions and forms the caller speaks; what is not spoken here is 406. */
const headers = z.object({
  ...{ accept: z.string().optional(), 'gs1-epc-format': header },
  ...{ 'gs1-epcis-version': header, 'gs1-epcis-min': header, 'gs1-epcis-max': header },
  ...{ 'gs1-cbv-version': header, 'gs1-cbv-min': header, 'gs1-cbv-max': header },
});
const captureHeaders = headers.extend({
  'content-type': z.string().optional(),
  'gs1-capture-error-behaviour': z.enum(['rollback', 'proceed']).default('rollback'),
});

const context = z.unknown();
const collection = z
  .object({ '@context': context, type: z.literal('Collection'), member: z.array(z.string()) })
  .meta({ id: 'EpcisCollection', description: 'Names: of resources, of words of the vocabulary, of places or of things' });

const event = z.record(z.string(), z.unknown()).meta({ id: 'EpcisEvent', description: 'One event, as EPCIS 2.0 has it in JSON-LD' });

const queryDocument = z
  .object({
    '@context': context,
    type: z.literal('EPCISQueryDocument'),
    schemaVersion: z.literal('2.0'),
    creationDate: Instant,
    epcisBody: z.object({ queryResults: z.object({ queryName: z.string(), resultsBody: z.object({ eventList: z.array(event) }) }) }),
  })
  .meta({ id: 'EpcisQueryDocument', description: 'Events that answer a query' });

export const captureJob = z
  .object({
    captureID: z.string(),
    createdAt: Instant,
    finishedAt: Instant.optional(),
    running: z.boolean(),
    success: z.boolean(),
    captureErrorBehaviour: z.enum(['rollback', 'proceed']),
    errors: z.array(
      z.object({
        type: z.string(),
        title: z.string(),
        status: z.int(),
        detail: z.string(),
        path: z.string().meta({ description: 'JSON pointer into the document that was sent' }),
      }),
    ),
  })
  .meta({ id: 'EpcisCaptureJob', description: 'How a capture went: with rollback all events or none, with proceed those that were right' });

const paging = z.object({
  perPage: z.string().optional().meta({ description: 'At most this many, 30 unless told, never more than 500' }),
  nextPageToken: z.string().optional(),
});
const text = (description: string) => z.string().optional().meta({ description });
const eventQuery = paging.extend({
  ...{ eventType: text('Lists are written with `|`'), EQ_eventID: text('Any of these IDs') },
  ...{ GE_eventTime: text('From this instant on'), LT_eventTime: text('Before this instant') },
  ...{ GE_recordTime: text('Recorded from this instant on'), LT_recordTime: text('Recorded before this instant') },
  ...{ EQ_action: text('ADD, OBSERVE or DELETE'), EQ_bizStep: text('Word or URI'), EQ_disposition: text('Word or URI') },
  ...{ EQ_readPoint: text('URN or Digital Link'), EQ_bizLocation: text('URN or Digital Link') },
  ...{
    MATCH_epc: text('URN, Digital Link or `urn:epc:idpat:…*`'),
    MATCH_anyEPC: text('In whatever list'),
    MATCH_anyEPCClass: text('In whatever list'),
  },
  ...{ orderBy: text('eventTime or recordTime'), orderDirection: text('ASC or DESC') },
  ...{ eventCountLimit: text('The first so many in all'), maxEventCount: text('Refuse if there are more') },
});

/** Ways to events by what they have in common. */
export const collections = ['eventTypes', 'epcs', 'bizSteps', 'dispositions', 'bizLocations', 'readPoints'] as const;

/** EPCIS answers what is wrong in a request with 400, where the market says 422. */
export const epcisStatuses = { validation_failed: 400 } as const;
const forSeller = { callers: ['seller'] as const, headers, statuses: epcisStatuses };
const below = z.object({ proxy: z.string() });
const list = { status: 200, body: collection } as const;
const page = { status: 200, body: queryDocument } as const;
const either = { status: 200, body: z.union([collection, queryDocument]) } as const;

const memberOf = { collection: z.enum(collections), name: z.string().meta({ description: 'A word or a URI, slashes and all' }) };
const eventID = { eventID: z.string().meta({ description: 'A URI, slashes and all' }) };

/** What `readBelow` answers, address by address. */
const belowRead: Documented[] = [
  {
    ...{ operationId: 'getEvent', path: '/epcis/events/{eventID}', summary: 'One event, and the declaration that it was an error' },
    ...{ params: z.object(eventID), query: z.object({}), success: page, problems: ['not_acceptable'] },
  },
  {
    ...{
      operationId: 'getMember',
      path: '/epcis/{collection}/{name}',
      summary: 'That there are events of this type, step, place or thing',
    },
    ...{ params: z.object(memberOf), query: z.object({}), success: list, problems: ['not_acceptable'] },
  },
  {
    ...{ operationId: 'listEventsOf', path: '/epcis/{collection}/{name}/events', summary: 'The events of this type, step, place or thing' },
    ...{ params: z.object(memberOf), success: page },
  },
];

const belowOptions: Documented[] = [
  { operationId: 'captureOptions', path: '/epcis/capture', params: z.object({}) },
  { operationId: 'captureJobOptions', path: '/epcis/capture/{id}', params: z.object({ id: z.string() }) },
  { operationId: 'eventsOptions', path: '/epcis/events', params: z.object({}) },
  { operationId: 'eventOptions', path: '/epcis/events/{eventID}', params: z.object(eventID) },
  { operationId: 'collectionOptions', path: '/epcis/{collection}', params: z.object({ collection: memberOf.collection }) },
  { operationId: 'memberOptions', path: '/epcis/{collection}/{name}', params: z.object(memberOf) },
  { operationId: 'memberEventsOptions', path: '/epcis/{collection}/{name}/events', params: z.object(memberOf) },
];

const options = {
  method: 'OPTIONS',
  summary: 'What an address takes, and which versions of EPCIS and its vocabulary are spoken',
  callers: 'anyone',
  success: { status: 204 },
} as const;

/** EPCIS 2.0, REST binding. Named queries and subscriptions are left out. */
export const epcisContract = {
  epcisResources: route({
    ...{ method: 'GET', path: '/epcis', summary: 'What can be asked for' },
    ...{ ...forSeller, success: list, problems: ['not_acceptable'] },
  }),
  captureEvents: route({
    method: 'POST',
    path: '/epcis/capture',
    summary: 'Capture an EPCISDocument or EPCISQueryDocument',
    description: 'The Location header leads to the capture job. Sending the same events again changes nothing.',
    callers: ['seller'],
    headers: captureHeaders,
    statuses: epcisStatuses,
    body: 'raw',
    maxBodyBytes: captureLimitBytes,
    success: { status: 202, description: 'Taken; the job tells how it went' },
    problems: ['malformed_json', 'not_acceptable', 'unsupported_media_type', 'validation_failed'],
  }),
  listCaptures: route({
    ...{ method: 'GET', path: '/epcis/capture', summary: 'Capture jobs, newest first' },
    ...{ ...forSeller, query: paging, success: { status: 200, body: z.array(captureJob) }, problems: ['not_acceptable'] },
  }),
  getCapture: route({
    ...{ method: 'GET', path: '/epcis/capture/{id}', summary: 'How a capture went' },
    ...{ ...forSeller, params: z.object({ id: z.string().regex(/^cap_[0-9A-Z]{21}$/) }), success: { status: 200, body: captureJob } },
    problems: ['not_acceptable'],
  }),
  addEvent: route({
    method: 'POST',
    path: '/epcis/events',
    summary: 'Capture one event',
    callers: ['seller'],
    headers: captureHeaders,
    statuses: epcisStatuses,
    body: 'raw',
    maxBodyBytes: captureLimitBytes,
    success: { status: 201, body: event },
    problems: ['malformed_json', 'not_acceptable', 'unsupported_media_type', 'validation_failed', 'conflict'],
  }),
  listEvents: route({
    ...{ method: 'GET', path: '/epcis/events', summary: 'Events that a query wants', ...forSeller, query: eventQuery, success: page },
    description:
      'More parameters of EPCIS 2.0 than these are understood; an unknown one is refused. Without orderBy the newest come first.',
    problems: ['not_acceptable', 'payload_too_large'],
  }),
  listMembers: route({
    method: 'GET',
    path: '/epcis/{collection}',
    summary:
      'Names by which events can be found: types, business steps and dispositions of the standard and of the own events, places, things',
    ...{ ...forSeller, params: z.object({ collection: z.enum(collections) }), query: paging, success: list, problems: ['not_acceptable'] },
  }),
  readBelow: route({
    method: 'GET',
    path: '/epcis/{proxy+}',
    summary: '`events/{eventID}`: one event; `{collection}/{name}/events`: the events of a type, step, disposition, place or thing',
    description: 'Names are URIs, which hold slashes. Events take the parameters of /epcis/events.',
    ...{ ...forSeller, params: below, query: eventQuery, success: either, problems: ['not_acceptable', 'payload_too_large'] },
    documented: belowRead,
  }),
  epcisOptions: route({ ...options, path: '/epcis' }),
  belowOptions: route({ ...options, path: '/epcis/{proxy+}', params: below, documented: belowOptions }),
} satisfies Contract;
