import { businessDay, startOfBusinessDay } from '../platform/time.ts';
import type { Lot, Trace } from './contract.ts';
import { isDemonstrationGtin } from './gtin.ts';

type Step = Trace['journey'][number];

/** What the market knows of an item it issued a code for. */
export interface KnownItem {
  /** When its code was issued. */
  codedAt: string;
  scans: Trace['scans'];
  lot: Lot;
  product: NonNullable<Trace['product']>;
  /** Absent when the seller has left the market. */
  seller?: Trace['seller'];
}

/** `2026-06-01` → `01/06/2026`. */
const dayInWords = (day: string): string => day.split('-').reverse().join('/');
/** What a seller wrote, as a sentence others can follow. */
const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);
const dayOf = (instant: string): string => dayInWords(businessDay(new Date(instant)));

/** In time order. `at` is always an instant; a harvest day begins at 00:00 in Việt Nam. A code cannot be older than its harvest. */
function journeyOf({ codedAt, lot, seller }: KnownItem): Step[] {
  const place = seller?.commune.name;
  const area = lot.plantingAreaCode ? `, vùng trồng mã số ${lot.plantingAreaCode}` : '';
  const steps: Step[] = [
    {
      step: 'harvested',
      at: startOfBusinessDay(lot.harvestedOn).toISOString(),
      ...(place ? { place } : {}),
      text: `Lô ${lot.lot} được thu hoạch hoặc làm ra ngày ${dayInWords(lot.harvestedOn)}${place ? ` tại ${place}` : ''}${area}.`,
    },
    {
      step: 'coded',
      at: codedAt,
      text: `Chợ cấp mã riêng cho món hàng này ngày ${dayOf(codedAt)}.${isDemonstrationGtin(lot.gtin) ? ' Số GTIN là số thử nghiệm của chợ, chưa đăng ký với GS1 Việt Nam.' : ''}`,
    },
  ];
  if (lot.recall)
    steps.push({
      step: 'recalled',
      at: lot.recall.at,
      text: `Người bán thu hồi lô ngày ${dayOf(lot.recall.at)}: ${sentence(lot.recall.reason)}`,
    });
  return steps.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

const neverIssued =
  'Chợ chưa từng cấp mã này. Có thể nhãn bị làm giả, in lỗi hoặc gõ nhầm. Bà con xem lại từng chữ trên nhãn; nếu vẫn không đúng, xin đừng dùng hàng và báo cho chợ.';

function warningsOf({ lot }: KnownItem, certificates: Trace['certificates']): string[] {
  const recall = lot.recall
    ? [`Lô hàng này đã bị thu hồi ngày ${dayOf(lot.recall.at)}: ${sentence(lot.recall.reason)} Xin bà con đừng dùng và liên hệ người bán.`]
    : [];
  const expired = certificates.flatMap(({ kind, number, validUntil, valid }) =>
    valid || !validUntil ? [] : [`Giấy ${kind} số ${number} chỉ có giá trị đến hết ngày ${dayInWords(validUntil)}, nay đã hết hạn.`],
  );
  return [...recall, ...expired];
}

/**
 * What the scan page shows. A code the market never issued answers in the same shape and with the same status, so that a guesser learns
 * nothing and a page has one case. It never says "genuine": a printed code can be copied, only an invented one is found out here.
 */
export function traceOf(asked: { gtin: string; serial: string }, known: KnownItem | undefined, today: string): Trace {
  if (!known) return { state: 'never_issued', ...asked, journey: [], certificates: [], warnings: [neverIssued], scans: { count: 0 } };
  const { lot, harvestedOn, plantingAreaCode } = known.lot;
  const certificates = known.lot.certificates.map((c) => ({ ...c, valid: c.validUntil === undefined || c.validUntil >= today }));
  return {
    state: known.lot.recall ? 'recalled' : 'active',
    ...asked,
    product: known.product,
    ...(known.seller ? { seller: known.seller } : {}),
    lot: { lot, harvestedOn, ...(plantingAreaCode ? { plantingAreaCode } : {}) },
    journey: journeyOf(known),
    certificates,
    warnings: warningsOf(known, certificates),
    scans: known.scans,
  };
}
