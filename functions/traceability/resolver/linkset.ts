import type { ResolverUri } from '../../../shared/traceability/resolver/resolver-uri.ts';

/** Link types of GS1's Web Vocabulary that the market has a page for. */
type LinkType = 'pip' | 'traceability' | 'recallStatus' | 'certificationInfo' | 'locationInfo';

/** A page of the market about what a GS1 link names. */
export interface PageLink {
  type: LinkType;
  page: string;
  /** What the page must be asked to show this very thing. */
  query: Record<string, string>;
  title: string;
}

/** What the market knows of the thing a link names. */
export interface Named {
  uri: ResolverUri;
  product: { slug: string; name: string };
  /** Absent when the seller's stall is not known. */
  seller?: { slug: string; name: string };
  /** Present only for an item whose code the market issued. */
  issued?: { hasCertificates: boolean };
}

/**
 * The pages about a thing, the default one first: an item's own page (which says honestly when its code was never issued), else the product.
 * The links of every level up to the primary key are among them; a lot or a variant has no page of its own.
 */
export function pagesOf({ uri: { gtin, serial }, product, seller, issued }: Named): PageLink[] {
  const item = (type: LinkType, title: string): PageLink[] =>
    serial === undefined ? [] : [{ type, page: '/truy-xuat/', query: { gtin, serial }, title }];
  return [
    ...item('traceability', 'Truy xuất nguồn gốc món hàng này'),
    { type: 'pip', page: `/san-pham/${product.slug}/`, query: {}, title: product.name },
    ...(issued ? item('recallStatus', 'Lô hàng có bị thu hồi không') : []),
    ...(issued?.hasCertificates ? item('certificationInfo', 'Giấy chứng nhận của lô hàng') : []),
    ...(seller ? [{ type: 'locationInfo' as const, page: `/nha-ban/${seller.slug}/`, query: {}, title: `Nơi bán: ${seller.name}` }] : []),
  ];
}

/** GS1's Web Vocabulary; a linkset names link types by their whole address. */
const vocabulary = 'https://ref.gs1.org/voc/';
export const linkTypes = { namespace: vocabulary, prefix: 'gs1:' };

/** `gs1:pip`, or its address as GS1 has written it over the years → `pip`. */
export const linkTypeOf = (asked: string): string | undefined =>
  /^(?:gs1:|https?:\/\/(?:(?:www|ref)\.)?gs1\.org\/voc\/)(\w+)$/.exec(asked)?.[1];

/** The page for a link type; `undefined` when the market has none. */
export const pageFor = (pages: readonly PageLink[], type: string | undefined): PageLink | undefined =>
  type === 'defaultLink' ? pages[0] : pages.find((page) => page.type === type);

/** The name of one parameter as whoever reads the address will read it. */
const nameOf = (parameter: string): string => [...new URLSearchParams(parameter).keys()][0] ?? '';
/** What no address may hold as it is; a client that sends it has not encoded its query. */
const inAddress = (text: string): string => text.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent);

/**
 * A page's address with what was asked, byte for byte. Its own parameters come first and win: no query may make it show another item.
 */
export function addressOf({ page, query }: PageLink, origin: string, asked = ''): string {
  const others = asked === '' ? [] : asked.split('&').filter((parameter) => !Object.hasOwn(query, nameOf(parameter)));
  const own = new URLSearchParams(query).toString();
  const search = [...(own ? [own] : []), ...others.map(inAddress)].join('&');
  return `${origin}${page}${search ? `?${search}` : ''}`;
}

/**
 * The linkset (RFC 9264) as GS1's schema has it: `itemDescription` is required, `hreflang` a list, and no other member may stand beside.
 * One context with the links of all levels, so that there is exactly one default link; it has no attributes, as the page it leads to is
 * listed a second time under its own type.
 */
export function linksetOf(anchor: string, description: string, pages: readonly PageLink[], origin: string) {
  const [first] = pages;
  const described = pages.map((page) => ({
    type: page.type,
    link: { href: addressOf(page, origin), title: page.title, hreflang: ['vi'], type: 'text/html' },
  }));
  return {
    linkset: [
      {
        anchor,
        itemDescription: description,
        ...(first ? { [`${vocabulary}defaultLink`]: [{ href: addressOf(first, origin), title: first.title }] } : {}),
        ...Object.fromEntries(described.map(({ type, link }) => [`${vocabulary}${type}`, [link]])),
      },
    ],
  };
}
