import { invalid, notFound, type Problem, type Text } from '../../../shared/platform/problem.ts';
import { ownSerial } from '../../../shared/traceability/digital-link.ts';
import { type Fault, type ResolverUri, readUri, uriPath } from '../../../shared/traceability/resolver/resolver-uri.ts';
import { findByGtin, findSku } from '../../catalog/find-sku.ts';
import { config } from '../../platform/config.ts';
import type { Language } from '../../platform/problems.ts';
import { cors, resolverReply } from '../../platform/resolver-reply.ts';
import { readGtin, readItem, readLot } from '../store.ts';
import { addressOf, linksetOf, linkTypeOf, linkTypes, type Named, type PageLink, pageFor, pagesOf } from './linkset.ts';

const origin = config.PUBLIC_ORIGIN;

/** GS1's names for the terms of a linkset that is read as JSON-LD. */
const linksetContext = 'https://ref.gs1.org/standards/resolver/linkset-context';

/** The answer to OPTIONS, the browsers' question before a request from another origin included. */
export const options = {
  status: 204,
  headers: {
    ...cors,
    allow: 'GET, HEAD, OPTIONS',
    'access-control-allow-methods': 'GET, HEAD, OPTIONS',
    'access-control-allow-headers': 'Accept, Accept-Language',
    'access-control-max-age': '86400',
  },
};

/** `/.well-known/gs1resolver` (GS1-Conformant resolver 1.1): the one key the market resolves, and where its link types are from. */
const ownDescription = {
  name: 'Chợ Kinh Bắc',
  resolverRoot: origin,
  supportedPrimaryKeys: ['01'],
  supportedLinkType: [linkTypes],
  linkTypeDefaultCanBeLinkset: false,
  contact: { fn: 'Chợ Kinh Bắc' },
  jsonLdContextLocation: linksetContext,
};
export const description = { body: ownDescription, headers: cors };

interface Asked {
  query: Record<string, unknown>;
  rawQuery: string;
  headers: { accept?: string };
  language: Language;
  requestId: string;
}

interface Resolved {
  status: number;
  headers: Record<string, string>;
  raw?: string;
}

/**
 * What a GS1 Digital Link leads to: a page (307, because tomorrow it may be another; what was asked after `?` goes along), or the set of
 * all its links. `segments` is what follows `/01/`.
 */
export async function resolveLink(segments: readonly string[], asked: Asked): Promise<Resolved> {
  const read = readUri(segments, asked.query);
  if (!read.ok) return malformed(read.fault, asked);
  const named = await find(read.uri);
  if (!named) return refuse(notFound({ vi: 'Chợ không có sản phẩm mang mã này.', en: 'No product here carries this GTIN.' }), asked);
  const pages = pagesOf(named);
  const linkType = asked.query.linkType || undefined;
  if (linkType === 'linkset' || linkType === 'all' || acceptsLinkset(asked.headers.accept)) return linkset(named, pages);
  const page = linkType === undefined ? pages[0] : pageFor(pages, linkTypeOf(String(linkType)));
  return page
    ? redirect(named.uri, addressOf(page, origin, asked.rawQuery))
    : refuse(notFound({ vi: 'Mã này không có loại liên kết được hỏi.', en: 'There is no link of this type.' }), asked);
}

/** An unknown lot, variant or serial of a known GTIN is no error: its links are those of the levels above it. */
async function find(uri: ResolverUri): Promise<Named | undefined> {
  const [product, issued] = await Promise.all([productOf(uri.gtin), issuedItem(uri)]);
  return product && { uri, ...product, issued };
}

/** The product a GTIN stands for: as the catalogue has it now, or as a lot was recorded under it. */
async function productOf(gtin: string): Promise<Pick<Named, 'product' | 'seller'> | undefined> {
  const [carrier, recorded] = await Promise.all([findByGtin(gtin), readGtin(gtin)]);
  const sku = carrier ?? (recorded && (await findSku(recorded.sku)));
  if (!sku) return recorded && { product: { slug: recorded.slug, name: `GTIN ${gtin}` } };
  return {
    product: { slug: sku.productSlug, name: `${sku.productName}, ${sku.variantName}` },
    seller: { slug: sku.sellerSlug, name: sku.sellerName },
  };
}

/** An item's lot is the one its code was issued for, whatever lot the link claims. */
async function issuedItem({ gtin, serial }: ResolverUri): Promise<Named['issued']> {
  const own = serial === undefined ? undefined : ownSerial(serial);
  const item = own === undefined ? undefined : await readItem(gtin, own);
  const lot = item && (await readLot(gtin, item.lot));
  return lot && { hasCertificates: lot.certificates.length > 0 };
}

const linksetType = 'application/linkset+json';

function acceptsLinkset(accept = ''): boolean {
  const ranges = accept.split(',').map((range) =>
    range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/),
  );
  return ranges.some(([type, ...parameters]) => type === linksetType && !parameters.some((p) => /^q=0(?:\.0*)?$/.test(p)));
}

const linkset = ({ uri, product }: Named, pages: readonly PageLink[]): Resolved => ({
  status: 200,
  headers: {
    ...cors,
    vary: 'Accept',
    'content-type': linksetType,
    link: `<${linksetContext}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`,
  },
  raw: JSON.stringify(linksetOf(`${origin}${uriPath(uri)}`, product.name, pages, origin)),
});

const redirect = (uri: ResolverUri, location: string): Resolved => ({
  status: 307,
  headers: { ...cors, vary: 'Accept', location, link: `<${origin}${uriPath(uri)}?linkType=linkset>; rel="linkset"; type="${linksetType}"` },
});

const faults: Record<Fault['at'], Text> = {
  '01': { vi: 'GTIN phải có 14 chữ số và chữ số cuối đúng.', en: 'A GTIN has 14 digits and the right check digit.' },
  '22': { vi: 'Mã biến thể có 1–20 ký tự mà GS1 cho phép.', en: 'A variant has 1–20 characters that GS1 allows.' },
  '10': { vi: 'Số lô có 1–20 ký tự mà GS1 cho phép.', en: 'A lot has 1–20 characters that GS1 allows.' },
  '21': { vi: 'Số sê-ri có 1–20 ký tự mà GS1 cho phép.', en: 'A serial has 1–20 characters that GS1 allows.' },
  '235': { vi: 'Số của bên thứ ba có 1–28 ký tự mà GS1 cho phép.', en: 'A third party’s number has 1–28 characters that GS1 allows.' },
  path: {
    vi: 'Sau GTIN chỉ có thể là /22/, /10/, /21/ theo thứ tự đó, hoặc riêng /235/, mỗi mục kèm một giá trị.',
    en: 'After the GTIN come /22/, /10/, /21/ in this order, or /235/ alone, each with a value.',
  },
  query: {
    vi: 'Tên chỉ gồm chữ số phải là mã GS1 (AI) được phép đi sau dấu hỏi, kèm giá trị đúng.',
    en: 'A name of digits must be a GS1 Application Identifier that may follow the question mark, with a right value.',
  },
};

const malformed = (fault: Fault, asked: Asked): Resolved =>
  refuse(invalid(fault.at === 'query' ? `query.${fault.name}` : fault.at, faults[fault.at]), asked);

function refuse(problem: Problem, { language, requestId }: Asked): Resolved {
  const { statusCode = 500, headers, body = '' } = resolverReply(problem, language, requestId);
  return { status: statusCode, headers: headers as Record<string, string>, raw: body };
}
