import * as z from 'zod';
import {
  context,
  fault,
  moment,
  open,
  party,
  persistentDisposition,
  place,
  quantity,
  sensorElement,
  uri,
  word,
  zoneOffset,
} from './fields.ts';

const common = {
  '@context': context.optional(),
  eventTime: moment,
  eventTimeZoneOffset: zoneOffset,
  recordTime: moment.optional(),
  /** Opaque, even a `ni:` name: none of GS1's own examples holds the hash that its event has. */
  eventID: uri.optional(),
  certificationInfo: z.union([uri, z.array(uri)]).optional(),
  errorDeclaration: open({
    declarationTime: moment,
    reason: word('reason').optional(),
    correctiveEventIDs: z.array(uri).optional(),
  }).optional(),
  bizStep: word('bizStep').optional(),
  disposition: word('disposition').optional(),
  readPoint: place.optional(),
  bizLocation: place.optional(),
  sourceList: z.array(z.strictObject({ type: party, source: uri })).optional(),
  destinationList: z.array(z.strictObject({ type: party, destination: uri })).optional(),
  sensorElementList: z.array(sensorElement).optional(),
};

const transactions = z.array(z.strictObject({ type: word('transaction').optional(), bizTransaction: uri }));
const bizTransactionList = transactions.optional();
const action = z.enum(['ADD', 'OBSERVE', 'DELETE']);
const quantityList = z.array(quantity).optional();
/** Repeats are for `validate.ts` to name one by one, since two spellings of one EPC are a repeat as well. */
const epcList = z.array(uri).optional();
const children = { childEPCs: epcList, childQuantityList: quantityList };
const ilmd = open({}).optional();

const some = (...lists: (readonly unknown[] | undefined)[]): boolean => lists.some((list) => list !== undefined && list.length > 0);

const objectEvent = open({
  ...common,
  type: z.literal('ObjectEvent'),
  ...{ action, epcList, quantityList, bizTransactionList, persistentDisposition, ilmd },
}).check(({ value, issues }) => {
  // A logger in a cold room may report on the room alone: then the read point says what was measured (EPCIS 2.0, 7.4.2).
  const room = value.readPoint && some(value.sensorElementList);
  if (!room && !some(value.epcList, value.quantityList)) issues.push({ ...fault('nothing_named'), input: value });
  if (value.ilmd && value.action !== 'ADD') issues.push({ ...fault('ilmd_without_add', ['ilmd']), input: value });
});

/** An empty or missing list of children is right for a DELETE: everything is taken off the parent (EPCIS 2.0, 7.4.3). */
const aggregationEvent = open({
  ...common,
  type: z.literal('AggregationEvent'),
  ...{ action, ...children, bizTransactionList },
  parentID: uri.optional(),
}).check(({ value, issues }) => {
  if (value.action !== 'DELETE' && !some(value.childEPCs, value.childQuantityList))
    issues.push({ ...fault('nothing_named'), input: value });
  // Only an OBSERVE may not know the parent.
  if (value.action !== 'OBSERVE' && !value.parentID) issues.push({ ...fault('parent_missing', ['parentID']), input: value });
});

const associationEvent = open({
  ...common,
  type: z.literal('AssociationEvent'),
  ...{ action, ...children, bizTransactionList },
  parentID: uri.optional(),
}).check(({ value, issues }) => {
  if (value.action !== 'DELETE' && !some(value.childEPCs, value.childQuantityList))
    issues.push({ ...fault('nothing_named'), input: value });
  if (!value.parentID) issues.push({ ...fault('parent_missing', ['parentID']), input: value });
});

const transactionEvent = open({
  ...common,
  type: z.literal('TransactionEvent'),
  ...{ action, epcList, quantityList },
  parentID: uri.optional(),
  bizTransactionList: transactions.min(1),
}).check(({ value, issues }) => {
  const named = value.action === 'DELETE' || value.parentID || some(value.epcList, value.quantityList);
  if (!named) issues.push({ ...fault('nothing_named'), input: value });
});

const transformationEvent = open({
  ...common,
  type: z.literal('TransformationEvent'),
  ...{ inputEPCList: epcList, inputQuantityList: quantityList, outputEPCList: epcList, outputQuantityList: quantityList },
  ...{ bizTransactionList, persistentDisposition, ilmd },
  transformationID: uri.optional(),
}).check(({ value, issues }) => {
  const inputs = some(value.inputEPCList, value.inputQuantityList);
  const outputs = some(value.outputEPCList, value.outputQuantityList);
  // A transformation that runs for days says its inputs and its outputs in separate events of one transformationID (EPCIS 2.0, 7.4.5).
  const told = value.transformationID ? inputs || outputs : inputs && outputs;
  if (!told) issues.push({ ...fault('transformation_sides'), input: value });
});

/** One event. A type of a partner's own is refused: nothing here would know what happened. */
export const epcisEvent = z.discriminatedUnion('type', [
  objectEvent,
  aggregationEvent,
  associationEvent,
  transactionEvent,
  transformationEvent,
]);
export type EpcisEvent = z.infer<typeof epcisEvent>;
