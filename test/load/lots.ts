import { type Client, jsonRequest } from './drive.ts';
import { jsonOf, signIn } from './shoppers.ts';

export interface IssuedCodes {
  lot: string;
  gtin: string;
  serials: string[];
  codesIssued: number;
}

/** A seller with goods of 100 g, to record lots of them and take codes for those. */
export async function openGarden(client: Client) {
  const seller = await signIn(client, 'seller');
  const variants = [{ price: 20_000, netWeightGrams: 100, quantity: 1 }];
  const product = { name: `Vải sấy đo tải ${process.pid}`, category: 'trai-cay', variants };
  const { variants: listed } = await seller.send<{ variants: { sku: string }[] }>('POST', '/api/seller/products', product, 201);
  const create = async <T>(path: string, body: object, key: string): Promise<T> =>
    jsonOf<T>(await client.send(jsonRequest('POST', path, body, { ...seller.headers, 'idempotency-key': key })), 201);
  return {
    seller,
    /** A lot that has room for `codes` codes. */
    recordLot: (lot: string, codes: number) =>
      create<{ lot: string; gtin: string }>(
        '/api/seller/lots',
        {
          sku: listed[0]?.sku,
          lot,
          harvestedOn: '2026-06-14',
          quantityGrams: codes * 100,
          certificates: [{ kind: 'VietGAP', number: 'VG-2026-01' }],
        },
        `lot-${lot}`,
      ),
    /** The n-th issue of codes for a lot. */
    issue: (lot: string, count: number, n: number) => create<IssuedCodes>(`/api/seller/lots/${lot}/codes`, { count }, `codes-${lot}-${n}`),
  };
}
