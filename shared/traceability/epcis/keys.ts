/** What an identifier names. Classes (`product`, `lot`, `assetType`) are counted in quantity lists; everything else is one thing. */
export type Level =
  | 'product'
  | 'lot'
  | 'instance'
  | 'sscc'
  | 'place'
  | 'party'
  | 'assetType'
  | 'asset'
  | 'document'
  | 'service'
  | 'shipment';

/** A primary key (GS1 application identifier) and what may stand after its digits or behind it in the path. */
export interface Key {
  /** Its fixed digits, the check digit the last of them; 0 where the key is free text. */
  digits: number;
  /** Free text that follows the digits inside the same key. */
  tail?: RegExp;
  /** What it names with no tail and no qualifier. */
  level: Level;
  /** What it names with a tail. */
  tailLevel?: Level;
  qualifiers?: Record<string, { level: Level; max: number }>;
}

const serialised = {
  '21': { level: 'instance', max: 20 },
  '10': { level: 'lot', max: 20 },
  '235': { level: 'instance', max: 28 },
} as const;

/** The keys a constrained Digital Link of EPCIS may hold (CBV 2.0, 8.2), but for the rare 8006 and 8010. */
export const keys: Record<string, Key> = {
  '00': { digits: 18, level: 'sscc' },
  '01': { digits: 14, level: 'product', qualifiers: serialised },
  '253': { digits: 13, tail: /^.{1,17}$/, level: 'document', tailLevel: 'document' },
  '255': { digits: 13, tail: /^\d{1,12}$/, level: 'document', tailLevel: 'document' },
  '401': { digits: 0, tail: /^.{5,30}$/, level: 'shipment' },
  '402': { digits: 17, level: 'shipment' },
  '414': { digits: 13, level: 'place', qualifiers: { '254': { level: 'place', max: 20 } } },
  '417': { digits: 13, level: 'party' },
  '8003': { digits: 14, tail: /^.{1,16}$/, level: 'assetType', tailLevel: 'asset' },
  '8004': { digits: 0, tail: /^.{5,30}$/, level: 'asset' },
  '8017': { digits: 18, level: 'service' },
  '8018': { digits: 18, level: 'service' },
};

/** `prefix.reference[.serial]` of an EPC URN: how many digits the first two have together and where the serial goes (EPC TDS 1.13, 6.3). */
export const urns: Record<string, { ai: string; digits: number; serial?: 'tail' | '10' | '21' | '235' | '254'; lead?: '0' }> = {
  sgtin: { ai: '01', digits: 13, serial: '21' },
  lgtin: { ai: '01', digits: 13, serial: '10' },
  upui: { ai: '01', digits: 13, serial: '235' },
  sscc: { ai: '00', digits: 17 },
  sgln: { ai: '414', digits: 12, serial: '254' },
  pgln: { ai: '417', digits: 12 },
  grai: { ai: '8003', digits: 12, serial: 'tail', lead: '0' },
  gdti: { ai: '253', digits: 12, serial: 'tail' },
  sgcn: { ai: '255', digits: 12, serial: 'tail' },
  gsin: { ai: '402', digits: 16 },
  gsrn: { ai: '8018', digits: 17 },
  gsrnp: { ai: '8017', digits: 17 },
};
