import { businessDay, startOfBusinessDay } from '../../platform/time.ts';
import type { Lot, Trace } from '../contract.ts';
import type { ToldRecall } from '../graph/told-recall.ts';
import { isDemonstrationGtin } from '../gtin.ts';
import { copyFindings, isSuspicious } from './copies.ts';
import { type Seen, unseen } from './scans.ts';
import { type Shipment, stateOf, stateWords } from './states.ts';
import { type Place, placeName } from './viewer-place.ts';

export type Step = Trace['journey'][number];
type Scan = NonNullable<Trace['scan']>;

/** The package an item was said to be in: the day it was ordered and the province it goes to, nothing of the buyer. */
export interface Sale {
  shipment: Shipment;
  orderedAt: string;
  to?: Place | undefined;
  sentAt?: string | undefined;
}

/** What the market knows of an item it issued a code for. */
export interface KnownItem {
  /** When its code was issued. */
  codedAt: string;
  scans: Trace['scans'];
  lastScanAt?: string | undefined;
  seen?: Seen | undefined;
  sale?: Sale | undefined;
  lot: Lot;
  /** Provinces in which far more boxes of the lot are seen than were sent there. */
  lotDoubts?: readonly Place[] | undefined;
  product: NonNullable<Trace['product']>;
  /** Absent when the seller has left the market. */
  seller?: Trace['seller'];
  /** The seller's province. */
  home?: Place | undefined;
  /** Steps that events tell, besides those the market's own books do. */
  steps?: readonly Step[] | undefined;
  /** A recall that stands by the seller's events. */
  toldRecall?: ToldRecall | undefined;
}

/** `2026-06-01` → `01/06/2026`. */
const dayInWords = (day: string): string => day.split('-').reverse().join('/');
/** What a seller wrote, as a sentence others can follow. */
const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);
const dayOf = (instant: string): string => dayInWords(businessDay(new Date(instant)));
/** `09:05 ngày 15/06/2026`, Việt Nam time. */
const momentOf = (instant: string): string => {
  const minutes = Math.floor((Date.parse(instant) - startOfBusinessDay(businessDay(new Date(instant))).getTime()) / 60_000);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)} ngày ${dayOf(instant)}`;
};

/** In time order. `at` is always an instant; a harvest day begins at 00:00 in Việt Nam. A code cannot be older than its harvest. */
function journeyOf({ codedAt, lot, seller, sale, steps: told = [] }: KnownItem): Step[] {
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
  if (sale?.sentAt)
    steps.push({
      step: 'sent',
      at: sale.sentAt,
      text: `Người bán gửi kiện hàng đi ngày ${dayOf(sale.sentAt)}${sale.to ? `, đến ${placeName(sale.to)}` : ''}.`,
    });
  if (lot.recall)
    steps.push({
      step: 'recalled',
      at: lot.recall.at,
      text: `Người bán thu hồi lô ngày ${dayOf(lot.recall.at)}: ${sentence(lot.recall.reason)}`,
    });
  // The market writes events of what it tells here itself: of the same instant, its own words say more.
  const others = told.filter(({ at }) => !steps.some((own) => own.at === at));
  return [...steps, ...others].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

const neverIssued =
  'Chợ chưa từng cấp mã này. Có thể nhãn bị làm giả, in lỗi hoặc gõ nhầm. Bà con xem lại từng chữ trên nhãn; nếu vẫn không đúng, xin đừng dùng hàng và báo cho chợ.';

const degrees = (value: number): string => `${value.toLocaleString('vi-VN', { maximumFractionDigits: 1 })} °C`;

/** Loggers ring beyond limits that events do not name, so only what was measured can be said. */
function alarmsOf(steps: readonly Step[]): string[] {
  const rung = steps.flatMap(({ at, temperature }) => (temperature?.alarm ? [{ at, ...temperature }] : []));
  const [first, last] = [rung[0], rung.at(-1)];
  if (!first || !last) return [];
  const [min, max] = [Math.min(...rung.map(({ minC }) => minC)), Math.max(...rung.map(({ maxC }) => maxC))];
  if (rung.length > 1) {
    const days = `từ ngày ${dayOf(first.at)} đến ngày ${dayOf(last.at)}`;
    return [`Thiết bị đo báo động nhiệt độ ${rung.length} lần, ${days}: thấp nhất ${degrees(min)}, cao nhất ${degrees(max)}.`];
  }
  const range = min === max ? degrees(min) : `từ ${degrees(min)} đến ${degrees(max)}`;
  return [`Thiết bị đo báo động nhiệt độ ngày ${dayOf(first.at)}: ${range}.`];
}

function toldOf({ at, of, lot }: ToldRecall): string {
  const origin = lot === undefined ? 'nguyên liệu của hàng này' : `lô ${lot} làm ra hàng này`;
  const what = { item: 'món hàng này', lot: 'lô này', carrier: 'kiện chứa hàng này', origin }[of];
  return `Theo sự kiện người bán ghi ngày ${dayOf(at)}, ${what} bị thu hồi. Xin bà con đừng dùng và liên hệ người bán.`;
}

function warningsOf(
  { lot, sale, steps = [], toldRecall }: KnownItem,
  certificates: Trace['certificates'],
  scan: Scan,
  today: string,
): string[] {
  const recall = lot.recall
    ? [`Lô hàng này đã bị thu hồi ngày ${dayOf(lot.recall.at)}: ${sentence(lot.recall.reason)} Xin bà con đừng dùng và liên hệ người bán.`]
    : toldRecall
      ? [toldOf(toldRecall)]
      : [];
  // What is weak alone is told as what it is, a fact about the scans, and only becomes a warning together with more.
  const copied = isSuspicious(scan.findings) ? scan.findings.map(({ text }) => text) : [];
  const useBy =
    lot.useBy !== undefined && lot.useBy < today ? [`Lô hàng chỉ dùng tốt đến hết ngày ${dayInWords(lot.useBy)}, nay đã quá hạn.`] : [];
  const early = sale?.shipment === 'not_sent' ? ['Theo sổ của chợ, kiện hàng chứa hộp này chưa được gửi đi.'] : [];
  const expired = certificates.flatMap(({ kind, number, validUntil, valid }) =>
    valid || !validUntil ? [] : [`Giấy ${kind} số ${number} chỉ có giá trị đến hết ngày ${dayInWords(validUntil)}, nay đã hết hạn.`],
  );
  return [...recall, ...copied, ...useBy, ...alarmsOf(steps), ...early, ...expired];
}

/** How often, since when, and where it was sold to, in sentences for whoever holds the item. */
function scanOf(known: KnownItem, viewer: Place | undefined): Scan {
  const { scans, sale, seen = unseen, home, lotDoubts } = known;
  const to = sale?.shipment === 'sent' ? sale.to : undefined;
  const isElsewhere = to !== undefined && viewer !== undefined && viewer !== to;
  const first = scans.firstAt ? `Mã này được quét lần đầu lúc ${momentOf(scans.firstAt)}` : '';
  const words = [
    scans.count === 0
      ? 'Trước lần này chưa ai quét mã này.'
      : scans.count === 1
        ? `${first}, từ đó chưa ai quét lại.`
        : `${first}, đến nay ${scans.count.toLocaleString('vi-VN')} lần.`,
    ...(sale && sale.shipment === 'sent'
      ? [`Hộp mang mã này được đặt mua ngày ${dayOf(sale.orderedAt)}${sale.to ? `, gửi đến ${placeName(sale.to)}` : ''}.`]
      : []),
    ...(isElsewhere ? [`Bạn đang xem từ ${placeName(viewer)}. Nếu đây không phải quà gửi tiếp, xin xem kỹ tem và báo cho chợ.`] : []),
    ...(sale?.shipment === 'returned' ? ['Kiện hàng chứa hộp này đã được gửi trả lại người bán.'] : []),
    ...(sale
      ? []
      : ['Chợ chưa ghi nhận kiện hàng nào chứa hộp này. Mua ngoài chợ, hoặc người bán không ghi từng hộp, thì điều này là bình thường.']),
  ];
  return {
    ...(known.lastScanAt ? { lastAt: known.lastScanAt } : {}),
    phones: Object.keys(seen.phones).length,
    shipment: sale?.shipment ?? 'unknown',
    ...(sale && to !== undefined
      ? { sold: { day: businessDay(new Date(sale.orderedAt)), province: { code: to, name: placeName(to) }, isElsewhere } }
      : {}),
    words,
    findings: copyFindings(seen, { home, soldTo: sale?.to, lotDoubts }).map(({ kind, strength, text }) => ({ kind, strength, text })),
  };
}

/**
 * What the scan page shows. A code the market never issued answers in the same shape and with the same status, so that a guesser learns
 * nothing and a page has one case. It never says "genuine": a printed code can be copied, only an invented one is found out here.
 * @param viewer the province it is looked at from, if the network told
 */
export function traceOf(
  asked: { gtin: string; serial: string },
  known: KnownItem | 'forgotten' | undefined,
  today: string,
  viewer?: Place | undefined,
): Trace {
  if (!known)
    return {
      ...{ state: 'never_issued', said: stateWords.never_issued, ...asked, journey: [], certificates: [] },
      ...{ warnings: [neverIssued], scans: { count: 0 } },
    };
  if (known === 'forgotten')
    return { state: known, said: stateWords[known], ...asked, journey: [], certificates: [], warnings: [], scans: { count: 0 } };
  const { lot, harvestedOn, useBy, plantingAreaCode, photos, recall } = known.lot;
  const certificates = known.lot.certificates.map((c) => ({ ...c, valid: c.validUntil === undefined || c.validUntil >= today }));
  const scan = scanOf(known, viewer);
  const state = stateOf({
    isIssued: true,
    isRecalled: recall !== undefined,
    isSuspicious: isSuspicious(scan.findings),
    useBy,
    today,
    shipment: scan.shipment,
  });
  return {
    state,
    said: stateWords[state],
    ...asked,
    product: known.product,
    ...(known.seller ? { seller: known.seller } : {}),
    lot: {
      lot,
      harvestedOn,
      ...(useBy ? { useBy } : {}),
      ...(plantingAreaCode ? { plantingAreaCode } : {}),
      ...(photos?.length ? { photos } : {}),
    },
    journey: journeyOf(known),
    certificates,
    warnings: warningsOf(known, certificates, scan, today),
    scans: known.scans,
    scan,
  };
}
