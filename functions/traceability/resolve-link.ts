import { invalid, notFound, type Text } from '../../shared/platform/problem.ts';
import { type Link, readLink } from '../../shared/traceability/digital-link.ts';
import { findByGtin, findSku } from '../catalog/find-sku.ts';
import { type Language, problemReply } from '../platform/problems.ts';
import { readGtin } from './store.ts';

const wrong: Record<keyof Link, Text> = {
  gtin: { vi: 'GTIN phải có 14 chữ số và chữ số cuối đúng.', en: 'A GTIN has 14 digits and the right check digit.' },
  lot: { vi: 'Số lô có 1–20 ký tự mà GS1 cho phép.', en: 'A lot has 1–20 characters that GS1 allows.' },
  serial: { vi: 'Số sê-ri có 1–20 ký tự mà GS1 cho phép.', en: 'A serial has 1–20 characters that GS1 allows.' },
};

/** The product a GTIN stands for: as the catalogue has it now, or as a lot was recorded under it. */
async function slugOf(gtin: string): Promise<string | undefined> {
  const [sku, recorded] = await Promise.all([findByGtin(gtin), readGtin(gtin)]);
  if (sku || !recorded) return sku?.productSlug;
  return (await findSku(recorded.sku))?.productSlug ?? recorded.slug;
}

interface Redirect {
  status: number;
  headers: Record<string, string>;
  raw?: string;
}

/**
 * Where a GS1 Digital Link leads: an item to its page (which says honestly when a serial was never issued), anything wider to the product.
 * What was asked after `?` goes along. 307, because tomorrow it may lead elsewhere.
 * @throws Problem `not_found` for a GTIN that is not sold here
 */
export async function resolveLink(parts: Link, asked: Record<string, unknown>, language: Language, requestId: string): Promise<Redirect> {
  const read = readLink(parts);
  if (!read.ok) return malformed(read.wrong, language, requestId);
  const { gtin, serial } = read.link;
  const slug = await slugOf(gtin);
  if (!slug) throw notFound({ vi: 'Chợ không có sản phẩm mang mã này.', en: 'No product here carries this GTIN.' });
  const page = serial === undefined ? `/san-pham/${slug}/` : '/truy-xuat/';
  const own: Record<string, string> = serial === undefined ? {} : { gtin, serial };
  // Ours come first and win: a query of the same name must not show another item under this link.
  const query = new URLSearchParams({
    ...own,
    ...Object.fromEntries(Object.entries(asked).flatMap(([k, v]) => (k in own ? [] : [[k, String(v)]]))),
  }).toString();
  return { status: 307, headers: { location: query ? `${page}?${query}` : page } };
}

/** The API's refusals of a value are 422; a GS1-Conformant resolver answers a malformed link with 400. */
function malformed(part: keyof Link, language: Language, requestId: string): Redirect {
  const { headers, body } = problemReply(invalid(part, wrong[part]), language, requestId);
  return { status: 400, headers: headers as Record<string, string>, raw: JSON.stringify({ ...JSON.parse(body ?? '{}'), status: 400 }) };
}
