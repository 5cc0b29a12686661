import { startMarket } from '../system/market.ts';
import { booksBroken } from './audited.ts';
import { type Client, drive, openClient } from './drive.ts';
import type { Findings } from './figures.ts';
import { type Account, codeOf, orderOf, type Product, placedOf, signIn, tally } from './shoppers.ts';

const buyers = 400;
const units = 100;

interface Rush {
  seconds: number;
  slowestMs: number;
  broken: string[];
}

/** One SKU of a hundred, wanted by four hundred in the same moment. */
async function oneRush(client: Client, seller: Account, product: Product, sku: string): Promise<Rush> {
  await seller.send('PUT', `/api/seller/products/${product.id}/stock`, { sku, quantity: units });
  const orders = Array.from({ length: buyers }, () => orderOf([{ sku, quantity: 1 }]));
  const { answers, seconds, milliseconds } = await drive(buyers, buyers, (n) => client.send(orders[n] as ReturnType<typeof orderOf>));
  const placed = placedOf(answers);
  const refused = answers.filter((a) => a.status === 409 && codeOf(a.text) === 'out_of_stock').length;
  const own = await seller.get<Product>(`/api/seller/products/${product.id}`);
  const left = own.variants.find((v) => v.sku === sku)?.available;
  const followed = await drive(buyers, 16, async (n): Promise<boolean> => {
    const answer = answers[n];
    if (answer?.status !== 201) return true;
    const { code } = JSON.parse(answer.text) as { code: string };
    const headers = { 'x-customer-phone': orders[n]?.phone ?? '' };
    return (await client.send({ method: 'GET', path: `/api/orders/${code}`, headers })).status === 200;
  });
  const broken = [
    ...(placed.length === units && refused === buyers - units ? [] : [`rush: ${units} units, ${buyers} buyers: ${tally(answers)}`]),
    ...(left === 0 ? [] : [`rush: ${left} units are left of ${units} that were sold`]),
    ...(followed.answers.every(Boolean) ? [] : ['rush: an acknowledged order is not there']),
  ];
  return { seconds, slowestMs: Math.max(...milliseconds), broken };
}

/** Several rushes, the first of them in a market that has just opened; the slowest is told. */
export async function rush(): Promise<Findings> {
  const market = await startMarket();
  const client = openClient(market.origin, buyers);
  try {
    const seller = await signIn(client, 'seller');
    const { items } = await seller.get<{ items: Product[] }>('/api/seller/products?limit=100');
    const skus = items.flatMap((product) => product.variants.map(({ sku }) => ({ product, sku }))).slice(0, 3);
    const rushes: Rush[] = [];
    for (const { product, sku } of skus) rushes.push(await oneRush(client, seller, product, sku));
    return {
      figures: [
        {
          what: `rush: ${buyers} buyers, ${units} units, slowest of ${rushes.length}`,
          value: Math.max(...rushes.map((r) => r.seconds)),
          unit: 's',
          target: { atMost: 3 },
        },
      ],
      broken: [...rushes.flatMap((r) => r.broken), ...(await booksBroken('rush', market))],
      notes: [`rush: ${rushes.map((r) => `${r.seconds.toFixed(2)} s`).join(', ')}; the first meets a market that has just opened.`],
    };
  } finally {
    client.close();
    await market.stop();
  }
}
