import type { Product } from '../../shared/catalog/contract.ts';

/** schema.org Product, one Offer per variant; no rating is claimed because nobody has rated anything yet. */
export function productJsonLd(product: Product, url: string): Record<string, unknown> {
  const origin = new URL(url).origin;
  return {
    '@type': 'Product',
    name: product.name,
    description: product.description,
    image: product.images.map((i) => new URL(i, origin).href),
    url,
    category: product.category,
    ...(product.variants[0]?.gtin && { gtin: product.variants[0].gtin }),
    ...(product.ocop && {
      hasCertification: {
        '@type': 'Certification',
        name: `OCOP ${product.ocop.stars} sao`,
        certificationIdentification: product.ocop.decisionNumber,
        expires: product.ocop.validUntil,
      },
    }),
    offers: product.variants.map((v) => ({
      '@type': 'Offer',
      sku: v.sku,
      name: v.name,
      price: v.price,
      priceCurrency: 'VND',
      availability: `https://schema.org/${v.available > 0 ? 'InStock' : 'OutOfStock'}`,
      seller: { '@type': 'Organization', name: product.seller.name },
      url,
    })),
  };
}
