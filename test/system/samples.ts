import { expect } from 'vitest';
import { contracts } from '../../shared/contracts.ts';
import type { Route } from '../../shared/platform/contract.ts';
import { baseline } from '../unit/traceability/pictures.ts';
import { type Answer, ask, jsonOf, newPhone, type Person } from './caller.ts';

/** A request of a route that must succeed. */
export interface Sample {
  params?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** Bytes are sent as they are, anything else as JSON. */
  body?: unknown;
}

export const routes: { name: string; route: Route }[] = Object.values(contracts).flatMap((contract) =>
  Object.entries(contract).map(([name, route]) => ({ name, route: route as Route })),
);

/** Where a sample of a route is sent to. */
export function addressOf(route: Route, { params = {}, query }: Pick<Sample, 'params' | 'query'>): string {
  const path = route.path.replaceAll(/\{([^}+]+)\+?\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  return query ? `${path}?${new URLSearchParams(query).toString()}` : path;
}

let made = 0;
/** Prefix of this run's keys, names and numbers. */
export const fresh = (): string => `t${Date.now().toString(36)}${++made}`;

const orderBody = (lines: { sku: string; quantity: number }[], phone: string, more: object = {}) => ({
  lines,
  customer: { name: 'Nguyễn Thị Mua', phone },
  shipTo: { provinceCode: '01', communeCode: '00070', street: '1 Tràng Tiền' },
  payment: 'cod',
  ...more,
});

/**
 * For every route a request that its right caller may send, with whatever must be there before. Each call makes things of its own, so
 * that a sample can be used any number of times. Sellers' things are those of `seller`, a cooperative.
 */
export function samplesOf(origin: string, tokens: Record<Person, string>) {
  const okOf = async (answer: Promise<Answer>): Promise<Answer> => {
    const got = await answer;
    expect(got.status, got.text.slice(0, 300)).toBeLessThan(300);
    return got;
  };
  const product = { name: 'Vải thiều thử', category: 'trai-cay', variants: [{ price: 100_000, netWeightGrams: 1_000, quantity: 1_000 }] };
  const newProduct = async () =>
    jsonOf<{ id: string; variants: { sku: string }[] }>(
      await okOf(
        ask(origin, 'POST', '/api/seller/products', { token: tokens.seller, body: { ...product, name: `Vải thiều thử ${fresh()}` } }),
      ),
    );
  let shared: Promise<string> | undefined;
  const sharedSku = () => {
    shared ??= newProduct().then((p) => p.variants[0]?.sku ?? '');
    return shared;
  };
  const newOrder = async (more: object = {}) => {
    const phone = newPhone();
    const body = orderBody([{ sku: await sharedSku(), quantity: 1 }], phone, more);
    const order = jsonOf<{ code: string; packages: { id: string }[] }>(
      await okOf(ask(origin, 'POST', '/api/orders', { headers: { 'idempotency-key': fresh() }, body })),
    );
    return { ...order, phone };
  };
  const step = (code: string, name: string, body?: object) =>
    okOf(ask(origin, 'POST', `/api/seller/orders/${code}/${name}`, { token: tokens.seller, body }));
  const carrier = { carrier: 'Viettel Post', trackingNumber: 'VT1' };
  const campaignBody = async (offers?: object[]) => ({
    slug: `chien-dich-${fresh()}`,
    name: 'Đêm hội vải',
    kind: 'livestream',
    startsAt: new Date(Date.now() + 3_600_000).toISOString(),
    endsAt: new Date(Date.now() + 7_200_000).toISOString(),
    channels: [{ id: 'facebook', name: 'Facebook' }],
    offers: offers ?? [{ sku: await sharedSku(), price: 90_000, limit: 2 }],
  });
  const newCampaign = async (): Promise<string> => {
    const body = await campaignBody();
    await okOf(ask(origin, 'POST', '/api/campaigns', { token: tokens.seller, body }));
    return body.slug;
  };
  const lotBody = async () => ({
    sku: await sharedSku(),
    lot: `L-${fresh()}`.toUpperCase().slice(0, 20),
    harvestedOn: '2026-06-14',
    quantityGrams: 50_000,
  });
  const newLot = async () =>
    jsonOf<{ lot: string; gtin: string }>(
      await okOf(
        ask(origin, 'POST', '/api/seller/lots', { token: tokens.seller, headers: { 'idempotency-key': fresh() }, body: await lotBody() }),
      ),
    );
  const newCode = async () => {
    const lot = await newLot();
    const codes = await okOf(
      ask(origin, 'POST', `/api/seller/lots/${lot.lot}/codes`, {
        token: tokens.seller,
        headers: { 'idempotency-key': fresh() },
        body: { count: 1 },
      }),
    );
    return { ...lot, serial: jsonOf<{ serials: string[] }>(codes).serials[0] ?? '' };
  };
  const picture = { headers: { 'content-type': 'image/jpeg' }, body: Buffer.from(baseline) };
  const newPhoto = async () => {
    const { lot } = await newLot();
    const { headers, body: raw } = picture;
    const added = await okOf(ask(origin, 'POST', `/api/seller/lots/${lot}/photos`, { token: tokens.seller, headers, raw }));
    return { lot, photo: jsonOf<{ id: string }>(added).id };
  };
  const recallReason = { reason: 'Dư lượng thuốc vượt ngưỡng' };
  const newOrderOfLot = async () => ({ code: (await newOrder()).code, lots: [{ sku: await sharedSku(), lot: (await newLot()).lot }] });
  const key = () => ({ 'idempotency-key': fresh() });

  const readings = () => ({
    headers: { ...key(), 'content-type': 'text/csv' },
    body: Buffer.from('time,temperature_c\n2026-06-14 08:00,4.5\n2026-06-14 09:00,9\n'),
  });
  const newReadings = async () => {
    const { lot } = await newLot();
    const { headers, body: raw } = readings();
    const added = await okOf(ask(origin, 'POST', `/api/seller/lots/${lot}/readings`, { token: tokens.seller, headers, raw }));
    return { lot, id: jsonOf<{ id: string }>(added).id };
  };
  const epcisEvent = () => ({
    ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'storing', disposition: 'active', eventID: `urn:x:${fresh()}` },
    ...{ eventTime: '2026-06-01T09:00:00+07:00', eventTimeZoneOffset: '+07:00' },
    epcList: [`https://id.gs1.org/01/08938500000010/21/${fresh()}`],
    ...{ readPoint: { id: `https://id.gs1.org/414/0614141123452/254/${fresh()}` }, bizLocation: { id: `urn:x:kho:${fresh()}` } },
  });
  const epcisDocument = () => ({
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    ...{ type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-06-04T08:05:00.000+07:00' },
    epcisBody: { eventList: [epcisEvent(), epcisEvent()] },
  });
  const newEvent = async () => {
    const event = epcisEvent();
    await okOf(ask(origin, 'POST', '/epcis/events', { token: tokens.seller, body: event }));
    return event;
  };
  const newCapture = async (): Promise<string> => {
    const taken = await okOf(ask(origin, 'POST', '/epcis/capture', { token: tokens.seller, body: epcisDocument() }));
    return String(taken.headers.location).split('/').at(-1) ?? '';
  };
  const proxy = async (path: string): Promise<Sample> => ({ params: { proxy: path } });
  const samples: Record<string, () => Promise<Sample>> = {
    epcisResources: async () => ({}),
    captureEvents: async () => ({ body: epcisDocument() }),
    listCaptures: async () => ({ query: { perPage: '2' } }),
    getCapture: async () => ({ params: { id: await newCapture() } }),
    addEvent: async () => ({ body: epcisEvent() }),
    listEvents: async () => ({ query: { EQ_action: 'OBSERVE', perPage: '2' } }),
    listMembers: async () => ({ params: { collection: 'epcs' }, query: { perPage: '2' } }),
    readBelow: async () => proxy(`epcs/${(await newEvent()).epcList[0]}/events`),
    epcisOptions: async () => ({}),
    belowOptions: () => proxy('capture'),
    signIn: async () => ({ body: { username: 'nguoimua@demo.vn', password: 'KinhBac#2026' } }),
    getSession: async () => ({}),
    listProducts: async () => ({ query: { q: 'vai thieu', limit: '5' } }),
    getProduct: async () => ({ params: { slug: 'vai-thieu-luc-ngan' } }),
    listOwnProducts: async () => ({ query: { limit: '2' } }),
    createProduct: async () => ({ body: { ...product, name: `Mỳ Chũ thử ${fresh()}` } }),
    getOwnProduct: async () => ({ params: { id: (await newProduct()).id } }),
    changeProduct: async () => ({ params: { id: (await newProduct()).id }, body: { name: `Tên mới ${fresh()}`, status: 'draft' } }),
    setStock: async () => {
      const { id, variants } = await newProduct();
      return { params: { id }, body: { sku: variants[0]?.sku, quantity: 7 } };
    },
    getSeller: async () => ({ params: { slug: 'htx-lucngan' } }),
    listSellers: async () => ({}),
    quote: async () => ({ body: { lines: [{ sku: await sharedSku(), quantity: 1 }], delivery: 'home' } }),
    placeOrder: async () => ({ headers: key(), body: orderBody([{ sku: await sharedSku(), quantity: 1 }], newPhone()) }),
    getOrder: async () => {
      const { code, phone } = await newOrder();
      return { params: { code }, headers: { 'x-customer-phone': phone } };
    },
    cancelOrder: async () => {
      const { code, phone } = await newOrder();
      return { params: { code }, body: { phone } };
    },
    complain: async () => {
      const { code, phone, packages } = await newOrder();
      return { params: { code }, body: { phone, packageId: packages[0]?.id, kind: 'damaged', text: 'Vỡ hộp' } };
    },
    listSellerOrders: async () => ({ query: { status: 'confirmed', limit: '2' } }),
    acknowledge: async () => ({ params: { code: (await newOrder()).code } }),
    pack: async () => ({ params: { code: (await newOrder()).code } }),
    ship: async () => {
      const { code } = await newOrder();
      await step(code, 'packed');
      return { params: { code }, body: carrier };
    },
    deliver: async () => {
      const { code } = await newOrder();
      await step(code, 'packed');
      await step(code, 'shipped', carrier);
      return { params: { code } };
    },
    refund: async () => {
      const { code } = await newOrder();
      await step(code, 'packed');
      await step(code, 'shipped', carrier);
      await step(code, 'delivered');
      return { params: { code }, headers: key(), body: { amount: 1_000, reason: 'Hàng dập' } };
    },
    listLedger: async () => ({ query: { from: '2026-06-01', to: '2026-06-30' } }),
    listPayments: async () => ({ query: { status: 'unmatched', limit: '2' } }),
    listProvinces: async () => ({}),
    listCommunes: async () => ({ params: { code: '24' }, query: { q: 'luc ngan' } }),
    listLockers: async () => ({ query: { provinceCode: '24' } }),
    listCampaigns: async () => ({ query: { limit: '2' } }),
    getCampaign: async () => ({ params: { slug: await newCampaign() } }),
    getLive: async () => ({ params: { slug: await newCampaign() } }),
    beacon: async () => ({ params: { slug: await newCampaign() }, body: { channel: 'facebook', event: 'view', viewer: 'viewer-123' } }),
    createCampaign: async () => ({ body: await campaignBody() }),
    changeCampaign: async () => ({ params: { slug: await newCampaign() }, body: { name: 'Tên mới' } }),
    startCampaign: async () => ({ params: { slug: await newCampaign() } }),
    endCampaign: async () => ({ params: { slug: await newCampaign() } }),
    pin: async () => ({ params: { slug: await newCampaign() }, body: { sku: await sharedSku() } }),
    setMetrics: async () => ({
      params: { slug: await newCampaign() },
      body: { channel: 'facebook', reach: 1_000, views: 100, at: new Date().toISOString() },
    }),
    listLots: async () => ({ query: { limit: '2' } }),
    recordLot: async () => ({ headers: key(), body: await lotBody() }),
    issueCodes: async () => ({ params: { lot: (await newLot()).lot }, headers: key(), body: { count: 2 } }),
    codesCsv: async () => ({ params: { lot: (await newCode()).lot } }),
    codesPdf: async () => ({ params: { lot: (await newCode()).lot } }),
    addPhoto: async () => ({ params: { lot: (await newLot()).lot }, ...picture }),
    removePhoto: async () => ({ params: await newPhoto() }),
    getPhoto: async () => ({ params: { photo: (await newPhoto()).photo } }),
    addReadings: async () => ({ params: { lot: (await newLot()).lot }, query: { min: '2', max: '8' }, ...readings() }),
    listReadings: async () => ({ params: { lot: (await newReadings()).lot }, query: { limit: '2' } }),
    readingFile: async () => ({ params: await newReadings() }),
    recallLot: async () => ({ params: { lot: (await newLot()).lot }, body: recallReason }),
    listRecalledLots: async () => ({ query: { recalled: 'true', limit: '2' } }),
    lotJourney: async () => ({ params: { lot: (await newLot()).lot } }),
    liftRecall: async () => {
      const { gtin, lot } = await newLot();
      await okOf(ask(origin, 'POST', `/api/seller/lots/${lot}/recall`, { token: tokens.seller, body: recallReason }));
      return { params: { gtin, lot }, body: recallReason };
    },
    listLotOrders: async () => {
      const { code, lots } = await newOrderOfLot();
      await okOf(ask(origin, 'PUT', `/api/seller/orders/${code}/lots`, { token: tokens.seller, body: { lots } }));
      return { params: { lot: lots[0]?.lot ?? '' }, query: { limit: '2' } };
    },
    nameLots: async () => {
      const { code, lots } = await newOrderOfLot();
      return { params: { code }, body: { lots } };
    },
    getTrace: async () => {
      const { gtin, serial } = await newCode();
      return { params: { gtin, serial } };
    },
    reportDoubt: async () => {
      const { gtin, serial } = await newCode();
      const headers = { 'x-device': fresh(), 'x-forwarded-for': `10.9.${made % 250}.${Math.floor(made / 250)}` };
      return { params: { gtin, serial }, headers, body: { kind: 'copied', text: `Tem dán đè ${fresh()}`, phone: '0912345678' } };
    },
    listDoubts: async () => ({ query: { limit: '2' } }),
    lotScans: async () => ({ params: { lot: (await newCode()).lot } }),
    countScan: async () => {
      const { gtin, serial } = await newCode();
      return { params: { gtin, serial }, body: { nonce: fresh(), device: 'phone' } };
    },
    listChain: async () => ({ query: { limit: '2' } }),
    getChain: async () => ({ params: { seller: 'htx-lucngan' }, query: { from: '2026-01-01', to: '2026-12-31' } }),
    proveEvent: async () => ({ query: { eventID: (await newEvent()).eventID } }),
    lotEpcis: async () => ({ params: { lot: (await newLot()).lot } }),
    lotPortal: async () => ({ params: { lot: (await newLot()).lot } }),
    lotDossier: async () => {
      const { gtin, lot } = await newLot();
      return { params: { gtin, lot } };
    },
    resolveGtin: async () => ({ params: { gtin: '08938500000010' } }),
    resolveLot: async () => {
      const { gtin, lot } = await newCode();
      return { params: { gtin, lot } };
    },
    resolveSerial: async () => {
      const { gtin, serial } = await newCode();
      return { params: { gtin, serial } };
    },
    resolveLotSerial: async () => {
      const { gtin, lot, serial } = await newCode();
      return { params: { gtin, lot, serial } };
    },
    resolveOther: async () => ({ params: { proxy: '08938500000010/22/A' } }),
    resolveOptions: async () => ({ params: { proxy: '08938500000010/22/A' } }),
    resolverDescription: async () => ({}),
    resolverDescriptionOptions: async () => ({}),
    revenue: async () => ({ query: { from: '2026-06-01', to: '2026-06-30', groupBy: 'seller' } }),
    campaignReport: async () => ({ params: { slug: 'tuan-le-vai-thieu' } }),
    health: async () => ({}),
    openapi: async () => ({}),
    docs: async () => ({}),
  };
  /** Signed by SePay's secret, so it cannot be made from the contract alone; its tests are of their own. */
  const special = ['sepayWebhook'];
  return {
    of: (name: string): Promise<Sample> => {
      const sample = samples[name];
      if (!sample) throw new Error(`test/system/samples.ts has no request for the route ${name}: add one`);
      return sample();
    },
    /** Routes without a sample: none may be, so that no new route escapes the generated tests. */
    missing: () => routes.map(({ name }) => name).filter((name) => !samples[name] && !special.includes(name)),
    special,
  };
}
