import * as z from 'zod';
import { context, moment, open, uri } from './fields.ts';

/** GS1's own words for EPCIS 2.0 in JSON-LD, on every document of ours. */
export const epcisContext = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

const vocabulary = z.looseObject({
  type: uri,
  vocabularyElementList: z
    .array(
      z.looseObject({
        id: uri,
        attributes: z.array(z.looseObject({ id: uri })).optional(),
        children: z.array(uri).optional(),
      }),
    )
    .optional(),
});
const vocabularyList = z.array(vocabulary).optional();
const header = open({ epcisMasterData: z.looseObject({ vocabularyList }).optional() });
/** Each event is judged by `epcisEvent` on its own, so that one bad event does not hide the others. */
const eventList = z.array(z.unknown());
const envelope = { '@context': context, id: uri.optional(), schemaVersion: z.string().regex(/^\d+(?:\.\d+)*$/), creationDate: moment };

/** Everything of a captured document but its events. */
export const epcisDocument = z.discriminatedUnion('type', [
  open({
    ...envelope,
    type: z.literal('EPCISDocument'),
    ...{ instanceIdentifier: z.string().optional(), sender: z.string().optional(), receiver: z.string().optional() },
    epcisHeader: header.optional(),
    epcisBody: z.looseObject({ eventList }),
  }),
  open({
    ...envelope,
    schemaVersion: envelope.schemaVersion.optional(),
    creationDate: moment.optional(),
    type: z.literal('EPCISQueryDocument'),
    epcisBody: open({
      queryResults: open({
        queryName: z.string(),
        subscriptionID: z.string().optional(),
        resultsBody: open({ eventList, vocabularyList }),
      }),
    }),
  }),
]);
export type EpcisDocument = z.infer<typeof epcisDocument>;

/** The document's events and the JSON pointer of their list. */
export const eventsOf = (document: EpcisDocument): { at: string; events: unknown[] } =>
  document.type === 'EPCISDocument'
    ? { at: '/epcisBody/eventList', events: document.epcisBody.eventList }
    : { at: '/epcisBody/queryResults/resultsBody/eventList', events: document.epcisBody.queryResults.resultsBody.eventList };
