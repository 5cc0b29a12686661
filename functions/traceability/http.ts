import { traceabilityContract } from '../../shared/traceability/contract.ts';
import { sellerOf } from '../accounts/seller-of.ts';
import type { Caller } from '../platform/auth.ts';
import { door } from '../platform/door.ts';
import { replayed } from '../platform/idempotency.ts';
import { lotJourney } from './graph/lot-journey.ts';
import { issueCodes } from './lots/issue-codes.ts';
import { codeList, labelSheet } from './lots/label-sheet.ts';
import { lotsOf } from './lots/list-lots.ts';
import { addPhoto, removePhoto, showPhoto } from './lots/lot-photos.ts';
import { nameLots } from './lots/name-lots.ts';
import { ownLot } from './lots/own-lot.ts';
import { recordLot } from './lots/record-lot.ts';
import { addReadings, readingFile, readingsOfLot } from './market-events/lot-readings.ts';
import { ordersOfLot } from './recalls/orders-of-lot.ts';
import { liftRecall, recallLot } from './recalls/recall-lot.ts';
import { recalledList } from './recalls/recalled-list.ts';
import { chainOf, proveEvent, publicChain } from './records/chain-of.ts';
import { lotDossier } from './records/lot-dossier.ts';
import { lotEpcis } from './records/lot-epcis.ts';
import { lotPortal } from './records/lot-portal.ts';
import { description, options, resolveLink } from './resolver/resolve-link.ts';
import { countScan } from './scans/count-scan.ts';
import { doubts, reportDoubt } from './scans/report-doubt.ts';
import { scansOfLot } from './scans/scans-of-lot.ts';
import { traceItem } from './scans/trace-item.ts';

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

  async addPhoto({ caller, params, headers, body }) {
    return { body: await addPhoto(await sellerId(caller), params.lot, { type: headers['content-type'] ?? '', bytes: body }) };
  },
  async removePhoto({ caller, params }) {
    await removePhoto(await sellerId(caller), params.lot, params.photo);
    return {};
  },
  getPhoto: ({ params }) => showPhoto(params.photo),

  async addReadings({ caller, params, query, headers, body, idempotencyKey, now }) {
    const asked = { lot: params.lot, query, type: headers['content-type'] ?? '', bytes: body, key: idempotencyKey };
    const { status, body: readings, isRepeat } = await addReadings({ sellerId: await sellerId(caller), ...asked }, now);
    return { status, body: readings, headers: isRepeat ? replayed : {} };
  },
  listReadings: async ({ caller, params, query }) => ({ body: await readingsOfLot(await sellerId(caller), params.lot, query) }),
  async readingFile({ caller, params }) {
    const file = `attachment; filename="nhiet-do-${params.id}.csv"`;
    const headers = { 'content-type': 'text/csv', 'content-disposition': file, 'x-content-type-options': 'nosniff' };
    return { raw: await readingFile(await sellerId(caller), params.lot, params.id), headers };
  },

  async recallLot({ caller, params, body, now }) {
    const asked = { sellerId: await sellerId(caller), by: caller.id, lot: params.lot, reason: body.reason };
    return { body: await recallLot(asked, now) };
  },
  liftRecall: async ({ caller, params, body, now }) => ({ body: await liftRecall({ ...params, reason: body.reason, by: caller.id }, now) }),
  listLotOrders: async ({ caller, params, query, now }) => ({ body: await ordersOfLot(await sellerId(caller), params.lot, query, now) }),
  listRecalledLots: async ({ query }) => ({ body: await recalledList(query) }),
  lotJourney: async ({ caller, params }) => ({ body: await lotJourney(await sellerId(caller), params.lot) }),
  async nameLots({ caller, params, body, now }) {
    const asked = { sellerId: await sellerId(caller), by: caller.id, code: params.code, lots: body.lots };
    return { body: await nameLots(asked, now) };
  },

  getTrace: async ({ params, now, ...visitor }) => ({ body: await traceItem(params, visitor, now) }),
  countScan: async ({ params, body, now, ...visitor }) => ({ body: await countScan(params, body, visitor, now) }),
  reportDoubt: async ({ params, body, now, ...visitor }) => ({ body: await reportDoubt(params, body, visitor, now) }),
  listDoubts: async ({ query }) => ({ body: await doubts(query) }),
  lotScans: async ({ caller, params }) => ({ body: await scansOfLot(await sellerId(caller), params.lot) }),

  listChain: async ({ caller, query, now }) => ({ body: await chainOf(await sellerId(caller), query, now) }),
  getChain: async ({ params, query, now }) => ({ body: await publicChain(params.seller, query, now) }),
  proveEvent: async ({ caller, query }) => ({ body: await proveEvent(await sellerId(caller), query.eventID) }),
  lotEpcis: async ({ caller, params, query, now }) => lotEpcis(await sellerId(caller), params.lot, query.page, now),
  lotPortal: async ({ caller, params, now }) => ({ body: await lotPortal(await ownLot(await sellerId(caller), params.lot), now) }),
  lotDossier: async ({ params, query, now }) => ({ body: await lotDossier(params, query.page, now) }),

  resolveGtin: ({ params, ...asked }) => resolveLink([params.gtin], asked),
  resolveLot: ({ params, ...asked }) => resolveLink([params.gtin, '10', params.lot], asked),
  resolveSerial: ({ params, ...asked }) => resolveLink([params.gtin, '21', params.serial], asked),
  resolveLotSerial: ({ params, ...asked }) => resolveLink([params.gtin, '10', params.lot, '21', params.serial], asked),
  resolveOther: ({ params, ...asked }) => resolveLink(params.proxy.split('/'), asked),
  resolveOptions: async () => options,
  resolverDescription: async () => description,
  resolverDescriptionOptions: async () => options,
});
