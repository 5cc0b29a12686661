import { traceabilityContract } from '../../shared/traceability/contract.ts';
import { sellerOf } from '../accounts/seller-of.ts';
import type { Caller } from '../platform/auth.ts';
import { door } from '../platform/door.ts';
import { replayed } from '../platform/idempotency.ts';
import { countScan } from './count-scan.ts';
import { issueCodes } from './issue-codes.ts';
import { codeList, labelSheet } from './label-sheet.ts';
import { lotsOf } from './list-lots.ts';
import { recordLot } from './record-lot.ts';
import { resolveLink } from './resolve-link.ts';
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

  getTrace: async ({ params, now }) => ({ body: await traceItem(params, now) }),
  countScan: async ({ params, body, now }) => ({ body: await countScan(params, body, now) }),

  resolveGtin: ({ params, query, language, requestId }) => resolveLink(params, query, language, requestId),
  resolveLot: ({ params, query, language, requestId }) => resolveLink(params, query, language, requestId),
  resolveSerial: ({ params, query, language, requestId }) => resolveLink(params, query, language, requestId),
  resolveLotSerial: ({ params, query, language, requestId }) => resolveLink(params, query, language, requestId),
});
