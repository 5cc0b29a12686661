import type { EpcisEvent } from '../epcis/event.ts';

/** What every event of the market itself is made with. */
export interface Making {
  /** The market's address without a slash at the end. */
  origin: string;
  sha256Hex: (text: string) => string;
}

/** Where a seller works: the page and the commune. */
export interface Home {
  slug: string;
  communeCode: string;
}

type Hour = Pick<EpcisEvent, 'eventTime' | 'eventTimeZoneOffset'>;

/** The same instant as the clock on the wall in Việt Nam shows it. */
export const vietnamTime = (instant: Date): string => new Date(instant.getTime() + 7 * 3_600_000).toISOString().replace('Z', '+07:00');
export const timeOf = (instant: Date): Hour => ({ eventTime: vietnamTime(instant), eventTimeZoneOffset: '+07:00' });

/**
 * A UUID made of what it names (version 8 of RFC 9562), so that telling a thing twice gives it one name. All names of one subject begin
 * with the same 15 digits.
 */
export function uuidOf(subject: string, what: string, { sha256Hex }: Making): string {
  const own = sha256Hex(subject);
  const rest = sha256Hex(`${subject}\n${what}`);
  const variant = '89ab'[Number.parseInt(rest.slice(0, 1), 16) % 4];
  return `urn:uuid:${own.slice(0, 8)}-${own.slice(8, 12)}-8${own.slice(12, 15)}-${variant}${rest.slice(1, 4)}-${rest.slice(4, 16)}`;
}

/**
 * Places have no GLN: GS1 gives those to companies, and a commune's garden has none. So a place is a name under the market's own address,
 * which cannot be taken for a GLN; nothing needs to answer there.
 */
const placeAt = ({ origin }: Making, kind: string, name: string) => ({ id: `${origin}/dia-diem/${kind}/${encodeURIComponent(name)}` });
export const plantingArea = (code: string, by: Making) => placeAt(by, 'vung-trong', code);
export const commune = (code: string, by: Making) => placeAt(by, 'xa', code);
export const province = (code: string, by: Making) => placeAt(by, 'tinh', code);
/** The seller's page, which does answer, stands for the seller's premises. */
export const stall = ({ slug }: Home, { origin }: Making) => ({ id: `${origin}/nha-ban/${slug}` });
