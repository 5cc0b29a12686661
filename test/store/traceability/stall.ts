import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { SkuRecord } from '../../../functions/catalog/find-sku.ts';
import type { StoredSeller } from '../../../functions/sellers/find-seller.ts';

/** The neighbours of traceability as its tests know them: two stalls, their goods. Their own stores are tested by themselves. */
export const lychees = 'sel_vai';
export const pottery = 'sel_gom';

const sellers: StoredSeller[] = [
  {
    id: lychees,
    slug: 'htx-luc-ngan',
    name: 'HTX Vải thiều Lục Ngạn',
    legalType: 'cooperative',
    commune: { code: '07582', name: 'Lục Ngạn' },
    street: 'Thôn Kép',
    story: '',
    phone: '+84912345678',
    bank: { bin: '970436', accountNumber: '0123456789', accountName: 'HTX' },
    verified: true,
  },
  {
    id: pottery,
    slug: 'gom-phu-lang',
    name: 'Gốm Phù Lãng',
    legalType: 'household',
    commune: { code: '09292', name: 'Phù Lãng' },
    street: 'Số 5 xóm Thượng',
    story: '',
    phone: '+84987654321',
    bank: { bin: '970436', accountNumber: '9876543210', accountName: 'NGUYEN VAN A' },
    verified: true,
  },
];

const sku = (code: string, sellerId: string, more: Partial<SkuRecord>): SkuRecord => {
  const seller = sellers.find(({ id }) => id === sellerId) as StoredSeller;
  return {
    sku: code,
    productId: `prd_${code}`,
    productSlug: 'vai-thieu-luc-ngan',
    productName: 'Vải thiều Lục Ngạn',
    variantName: 'Thùng 5 kg',
    unit: 'thùng',
    sellerId,
    sellerName: seller.name,
    sellerSlug: seller.slug,
    legalType: seller.legalType,
    communeCode: seller.commune.code,
    communeName: seller.commune.name,
    category: 'trai-cay',
    shippingClass: 'fresh',
    price: 250_000,
    netWeightGrams: 5_000,
    image: '/anh/vai.jpg',
    status: 'published',
    ...more,
  };
};

/** 3·(1+8+9) + 1·(5+3+8) = 70, so its check digit is 0. */
export const lycheeGtin = '08938500000010';
export const skus: SkuRecord[] = [
  sku('VAI-5KG', lychees, { gtin: lycheeGtin }),
  sku('VAI-1KG', lychees, { variantName: 'Hộp 1 kg', netWeightGrams: 1_000 }),
  sku('VAI-10G', lychees, { variantName: 'Gói 10 g', netWeightGrams: 10 }),
  sku('BINH-GOM', pottery, {
    productSlug: 'binh-gom-phu-lang',
    productName: 'Bình gốm Phù Lãng',
    variantName: 'Chiếc',
    netWeightGrams: 1_200,
  }),
];

export const findSku = async (code: string): Promise<SkuRecord | undefined> => skus.find((s) => s.sku === code);
export const findByGtin = async (gtin: string): Promise<SkuRecord | undefined> => skus.find((s) => s.gtin === gtin);
export const findSeller = async (id: string): Promise<StoredSeller | undefined> => sellers.find((s) => s.id === id);

/** A request as API Gateway's HTTP API sends it. `as` is whom the stand-in for sign-in takes the caller to be. */
export function request(
  method: string,
  path: string,
  options: { as?: string; body?: unknown; key?: string; query?: Record<string, string>; english?: true; accept?: string } = {},
): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: '',
    rawPath: path,
    rawQueryString: new URLSearchParams(options.query).toString(),
    headers: {
      ...(options.as ? { authorization: `Bearer ${options.as}` } : {}),
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.key ? { 'idempotency-key': options.key } : {}),
      ...(options.accept ? { accept: options.accept } : {}),
      ...(options.english ? { 'accept-language': 'en' } : {}),
    },
    queryStringParameters: options.query ?? {},
    requestContext: {
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
    } as APIGatewayProxyEventV2['requestContext'],
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
    isBase64Encoded: false,
  };
}

export const lambda = { awsRequestId: 'req-1', getRemainingTimeInMillis: () => 29_000 } as Context;
