import { type Link, linkPath, parseLink } from '../digital-link.ts';

const host = 'https://id.gs1.org';

/** The name under which events of a lot or an item of ours are stored. */
export const epcOf = (link: Link): string => host + linkPath(link);

/** The product, lot or item that a stored name says; `undefined` for pallets, loggers, rooms and names outside GS1. */
export const linkOf = (epc: string): Link | undefined => (epc.startsWith(host) ? parseLink(epc.slice(host.length)) : undefined);

export const isLot = (epc: string): boolean => /^https:\/\/id\.gs1\.org\/01\/\d{14}\/10\/[^/]+$/.test(epc);
/** One package with a serial of its own. */
export const isItem = (epc: string): boolean => /^https:\/\/id\.gs1\.org\/01\/\d{14}\/21\/[^/]+$/.test(epc);
/** Without lot or serial a name says what kind of goods it was, and nothing about which: no way leads on from it. */
export const isKind = (epc: string): boolean => /^https:\/\/id\.gs1\.org\/(?:01\/\d{14}|8003\/\d{14})$/.test(epc);
