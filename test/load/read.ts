import { startMarket } from '../system/market.ts';
import { drive, openClient } from './drive.ts';
import { type Findings, median, percentile } from './figures.ts';
import { isTold, marketCpuMs } from './processes.ts';
import { allProducts } from './shoppers.ts';

const atOnce = 16;
const rounds = 5;
const perRound = 2_500;

/** Product pages' data, over all products in turn. The first round warms up and is not counted. */
export async function read(): Promise<Findings> {
  const market = await startMarket();
  const client = openClient(market.origin, atOnce);
  try {
    const slugs = (await allProducts(client)).map((p) => p.slug);
    const requests = slugs.map((slug) => ({ slug, method: 'GET', path: `/api/products/${slug}`, headers: {} }));
    const round = () =>
      drive(perRound, atOnce, async (n) => {
        const asked = requests[n % requests.length] as (typeof requests)[number];
        const answer = await client.send(asked);
        return answer.status === 200 && (JSON.parse(answer.text) as { slug: string }).slug === asked.slug;
      });
    await round();
    const before = marketCpuMs(market);
    const runs = [];
    for (let i = 0; i < rounds; i++) runs.push(await round());
    const after = marketCpuMs(market);
    const cpuMs = after.market + after.engine - before.market - before.engine;
    const wrong = runs.flatMap((r) => r.answers).filter((isRight) => !isRight).length;
    return {
      figures: [
        { what: `read: products, ${atOnce} at once`, value: median(runs.map((r) => r.perSecond)), unit: '/s', target: { atLeast: 1_500 } },
        {
          what: 'read: 99% are answered within',
          value: percentile(
            runs.flatMap((r) => r.milliseconds),
            0.99,
          ),
          unit: 'ms',
        },
        ...(isTold ? [{ what: 'read: processor, market and engine', value: cpuMs / (rounds * perRound), unit: 'ms/read' }] : []),
      ],
      broken: wrong === 0 ? [] : [`read: ${wrong} answers were not the product asked for`],
      notes: [`read: rounds ${runs.map((r) => Math.round(r.perSecond)).join(', ')} /s.`],
    };
  } finally {
    client.close();
    await market.stop();
  }
}
