import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { expect } from 'vitest';
import { lychees, type Market, now } from '../orders/market.ts';
import { lambda, request } from './stall.ts';

export type Item = Record<string, unknown>;
interface Notices {
  queued: number;
  sent: number;
  complete: boolean;
}
export interface LotSaid {
  lot: string;
  gtin: string;
  codesIssued: number;
  recall?: { reason: string; at: string; notices: Notices };
}
export type Said = LotSaid & {
  state: string;
  serials: string[];
  items: Item[];
  nextCursor?: string;
  lots: Item[];
  detail: string;
  errors: Item[];
};
type Named = Pick<LotSaid, 'gtin' | 'lot'>;

export const reason = 'Dư lượng thuốc vượt ngưỡng';
let made = 0;

/**
 * What a seller and the department do with lots, over the function's own door. The test file mocks who is calling: `as` is whom it
 * takes the caller to be.
 */
export async function openLotDesk(market: Market) {
  const { handler } = await import('../../../functions/traceability/http.ts');
  const sku = await market.stock('VAI-5KG', 1_000);

  const ask = async (...args: Parameters<typeof request>) => {
    const answer = (await handler(request(...args), lambda)) as APIGatewayProxyStructuredResultV2;
    return {
      status: answer.statusCode,
      headers: (answer.headers ?? {}) as Record<string, string>,
      text: answer.body ?? '',
      json: JSON.parse(answer.body || '{}') as Said,
    };
  };
  const name = (code: string, lots: { sku: string; lot: string }[], as = lychees) =>
    ask('PUT', `/api/seller/orders/${code}/lots`, { as, body: { lots } });
  const buy = (quantity = 1, at = now, of = sku) => market.buy([{ sku: of, quantity }], {}, at);

  return {
    ...{ sku, ask, name, buy },
    newLot: async (of = sku, seller = lychees): Promise<LotSaid> => {
      const body = { sku: of, lot: `THU-${++made}`, harvestedOn: '2026-06-14', quantityGrams: 820_000 };
      const { status, json, text } = await ask('POST', '/api/seller/lots', { as: seller, body, key: `lot-${made}` });
      expect(status, text).toBe(201);
      return json;
    },
    issue: ({ lot }: Pick<LotSaid, 'lot'>, count = 2, as = lychees) =>
      ask('POST', `/api/seller/lots/${lot}/codes`, { as, body: { count }, key: `codes-${++made}` }),
    recall: ({ lot }: Pick<LotSaid, 'lot'>, more: { as?: string; body?: object } = {}) =>
      ask('POST', `/api/seller/lots/${lot}/recall`, { as: lychees, body: { reason }, ...more }),
    lift: ({ gtin, lot }: Named, as = 'department') =>
      ask('POST', `/api/admin/lots/${gtin}/${lot}/lift-recall`, { as, body: { reason: 'Kết quả kiểm nghiệm lại đạt' } }),
    look: async ({ gtin }: Pick<LotSaid, 'gtin'>, serial: string | undefined) => ask('GET', `/api/trace/${gtin}/${serial}`),
    ordersOf: ({ lot }: Pick<LotSaid, 'lot'>, query: Record<string, string> = {}, as = lychees) =>
      ask('GET', `/api/seller/lots/${lot}/orders`, { as, query }),
    recordsOf: async ({ gtin, lot }: Named): Promise<Item[]> =>
      (await market.everything('traceability')).filter((i) => String(i.sk).startsWith('RECALL#') && i.gtin === gtin && i.lot === lot),
    noticesOf: async ({ lot }: Pick<LotSaid, 'lot'>): Promise<Item[]> =>
      (await market.everything('traceability')).filter((i) => String(i.pk).startsWith('NOTICE#') && i.lot === lot),
    storedLot: async ({ gtin, lot }: Named) =>
      (await market.everything('traceability')).find((i) => i.sk === 'LOT' && i.gtin === gtin && i.lot === lot),
    ship: (code: string) => market.sellerDesk.ship(lychees, code, { carrier: 'Viettel Post', trackingNumber: 'VT1' }, now),
    packed: async (lot?: Pick<LotSaid, 'lot'>, of = sku): Promise<string> => {
      const { code } = await buy(1, now, of);
      if (lot) expect((await name(code, [{ sku: of, lot: lot.lot }])).status).toBe(200);
      await market.sellerDesk.pack(lychees, code, now);
      return code;
    },
  };
}
export type LotDesk = Awaited<ReturnType<typeof openLotDesk>>;
