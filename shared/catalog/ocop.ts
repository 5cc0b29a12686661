import type * as z from 'zod';
import type { Ocop } from './contract.ts';

/** A certificate as the register has it. */
export interface OcopCertificate {
  stars: number;
  decisionNumber: string;
  /** `YYYY-MM-DD` */
  decisionDate: string;
  /** Six reasons to revoke: QĐ 26/2026/QĐ-TTg, Art. 8. */
  revokedOn?: string;
}

/** 36 months from the decision (QĐ 26/2026/QĐ-TTg, Art. 4); 29 February ends on 28 February. */
export function validUntil(decisionDate: string): string {
  const [year, month, day] = decisionDate.split('-').map(Number) as [number, number, number];
  const lastOfMonth = new Date(Date.UTC(year + 3, month, 0)).getUTCDate();
  return `${year + 3}-${String(month).padStart(2, '0')}-${String(Math.min(day, lastOfMonth)).padStart(2, '0')}`;
}

/**
 * The badge a page may show on `today` (a business day), or none: it goes the day after expiry and on the day of revocation.
 * One and two stars get no certificate (Art. 4).
 */
export function ocopBadge(certificate: OcopCertificate | undefined, today: string): z.infer<typeof Ocop> | undefined {
  if (!certificate || certificate.stars < 3) return undefined;
  const until = validUntil(certificate.decisionDate);
  const { stars, decisionNumber, decisionDate, revokedOn } = certificate;
  return today > until || decisionDate > today || (revokedOn !== undefined && revokedOn <= today)
    ? undefined
    : { stars, decisionNumber, decisionDate, validUntil: until };
}
