import { traceabilityContract } from '../../shared/traceability/contract.ts';
import { sellerOf } from '../accounts/seller-of.ts';
import type { Caller } from '../platform/auth.ts';
import { door } from '../platform/door.ts';
import { replayed } from '../platform/idempotency.ts';
import { countScan } from './count-scan.ts';
import { issueCodes } from './issue-codes.ts';
import { codeList, labelSheet } from './label-sheet.ts';
import { lotsOf } from './list-lots.ts';
import { nameLots } from './name-lots.ts';
import { ordersOfLot } from './orders-of-lot.ts';
import { liftRecall, recallLot } from './recall-lot.ts';
import { recordLot } from './record-lot.ts';
import { description, options, resolveLink } from './resolve-link.ts';
import { traceItem } from './trace-item.ts';

const sellerId = async (caller: Caller): Promise<string> => (await sellerOf(caller)).id;

/** A lot's name may hold a colon or come from a guess; a header holds neither. */
const download = (lot: string, ending: string, type: string, pages: number) => ({
  'content-type': type,
  'content-disposition': `attachment; filename="ma-truy-xuat-${lot.replace(/[^\w.-]/g, '-')}.${ending}"`,
  'x-pages': String(pages),
});

export const handler = door(traceabilityContract, {
  listLots: async ({ caller, query }) => ({ body: await lotsOf(await sellerId(caller), query) }),

  async recordLot({ caller, body, idempotencyKey, now }) {
    const { status, body: lot, isRepeat } = await recordLot(await sellerId(caller), body, idempotencyKey, now);
    return { status, body: lot, headers: isRepeat ? replayed : {} };
  },

  async issueCodes({ caller, params, body, idempotencyKey, now }) {
    const issued = await issueCodes({ sellerId: await sellerId(caller), lot: params.lot, count: body.count, key: idempotencyKey, now });
    return { body: issued.body, headers: issued.isRepeat ? replayed : {} };
  },

  async codesCsv({ caller, params, query }) {
    const { csv, pages } = await codeList(await sellerId(caller), params.lot, query.page);
    return { raw: csv, headers: download(params.lot, 'csv', 'text/csv; charset=utf-8; header=present', pages) };
  },

  async codesPdf({ caller, params, query, now }) {
    const { pdf, pages } = await labelSheet(await sellerId(caller), params.lot, query.page, now);
    return { raw: pdf, headers: download(params.lot, 'pdf', 'application/pdf', pages) };
  },

  async recallLot({ caller, params, body, now }) {
    const asked = { sellerId: await sellerId(caller), by: caller.id, lot: params.lot, reason: body.reason };
    return { body: await recallLot(asked, now) };
  },
  liftRecall: async ({ caller, params, body, now }) => ({ body: await liftRecall({ ...params, reason: body.reason, by: caller.id }, now) }),
  listLotOrders: async ({ caller, params, query, now }) => ({ body: await ordersOfLot(await sellerId(caller), params.lot, query, now) }),
  async nameLots({ caller, params, body, now }) {
    const asked = { sellerId: await sellerId(caller), by: caller.id, code: params.code, lots: body.lots };
    return { body: await nameLots(asked, now) };
  },

  getTrace: async ({ params, now }) => ({ body: await traceItem(params, now) }),
  countScan: async ({ params, body, now }) => ({ body: await countScan(params, body, now) }),

  resolveGtin: ({ params, ...asked }) => resolveLink([params.gtin], asked),
  resolveLot: ({ params, ...asked }) => resolveLink([params.gtin, '10', params.lot], asked),
  resolveSerial: ({ params, ...asked }) => resolveLink([params.gtin, '21', params.serial], asked),
  resolveLotSerial: ({ params, ...asked }) => resolveLink([params.gtin, '10', params.lot, '21', params.serial], asked),
  resolveOther: ({ params, ...asked }) => resolveLink(params.proxy.split('/'), asked),
  resolveOptions: async () => options,
  resolverDescription: async () => description,
  resolverDescriptionOptions: async () => options,
});
