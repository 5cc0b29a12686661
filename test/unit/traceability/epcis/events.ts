/** Events of one lot of lychees for the tests: each is right, and a test says what it changes. */
export const gtin = '08938500000010';
export const box = (serial: string): string => `https://id.gs1.org/01/${gtin}/21/${serial}`;
export const lot = `https://id.gs1.org/01/${gtin}/10/L1`;
export const pallet = 'https://id.gs1.org/00/106141412345678908';
const packhouse = 'https://id.gs1.org/414/0614141123452';

const common = { eventTime: '2026-06-01T09:00:00+07:00', eventTimeZoneOffset: '+07:00', readPoint: { id: `${packhouse}/254/LINE1` } };

export const harvest = {
  ...common,
  ...{ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', disposition: 'active' },
  quantityList: [{ epcClass: lot, quantity: 820, uom: 'KGM' }],
  ilmd: { 'ocop:variety': 'Vải thiều', 'ocop:plot': { 'ocop:rows': [1, 2] } },
  bizLocation: { id: packhouse },
};
export const packing = {
  ...common,
  ...{ type: 'TransformationEvent', bizStep: 'https://ref.gs1.org/cbv/BizStep-commissioning' },
  inputQuantityList: [{ epcClass: lot, quantity: 6, uom: 'KGM' }],
  outputEPCList: [box('A'), box('B')],
};
export const loading = {
  ...common,
  ...{ type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', parentID: pallet, childEPCs: [box('A'), box('B')] },
};
export const logging = {
  ...common,
  ...{ type: 'AssociationEvent', action: 'ADD', parentID: pallet, childEPCs: ['https://id.gs1.org/8004/8931234500LOGGER42'] },
};
export const storing = {
  ...common,
  ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'storing', epcList: [pallet] },
  sensorElementList: [
    {
      sensorMetadata: { startTime: '2026-06-01T00:00:00Z', endTime: '2026-06-01T08:00:00+07:00', rawData: 'https://ocop.example/raw/1' },
      sensorReport: [
        { type: 'Temperature', minValue: 3.1, maxValue: 5.4, meanValue: 4.2, uom: 'CEL' },
        { type: 'RelativeHumidity', meanValue: 91, uom: 'P1' },
        { type: 'ocop:door', booleanValue: true, exception: 'ALARM_CONDITION' },
      ],
    },
  ],
};
export const selling = {
  ...common,
  ...{ type: 'TransactionEvent', action: 'ADD', bizStep: 'retail_selling', disposition: 'retail_sold', epcList: [box('A')] },
  bizTransactionList: [{ type: 'inv', bizTransaction: 'urn:epcglobal:cbv:bt:0614141123452:ORD-1' }],
  sourceList: [{ type: 'owning_party', source: 'https://id.gs1.org/417/0614141123452' }],
  destinationList: [{ type: 'location', destination: packhouse }],
};

export const capture = (...events: unknown[]) => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { ocop: 'https://ocop.example/' }],
  ...{ type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-06-04T08:05:00.000+07:00' },
  epcisBody: { eventList: events },
});

export const answer = (...events: unknown[]) => ({
  '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  type: 'EPCISQueryDocument',
  epcisBody: { queryResults: { queryName: 'SimpleEventQuery', resultsBody: { eventList: events } } },
});
