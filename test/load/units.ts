import { setTimeout as wait } from 'node:timers/promises';
import { startEngine } from '../store/engine.ts';
import { startMarket } from '../system/market.ts';
import { booksBroken } from './audited.ts';
import { drive, openClient } from './drive.ts';
import type { Findings } from './figures.ts';
import { costOfThousand } from './prices.ts';
import { fullShelves, orderOf, placedOf } from './shoppers.ts';
import { startWire, sumOf, type Units, type Wire } from './wire.ts';

const lone = 15;
const rushing = 500;
const idleSeconds = 8;

interface PerOrder {
  write: number;
  read: number;
  refused: number;
  byOperation: Units;
}

/** What the market consumes by itself: here its clock looks for expired packages every second. */
async function idlePerMs(wire: Wire): Promise<Units> {
  await wire.settled();
  wire.take();
  const began = performance.now();
  await wait(idleSeconds * 1_000);
  const { units } = wire.take();
  const milliseconds = performance.now() - began;
  return new Map([...units].map(([name, n]) => [name, n / milliseconds]));
}

/** What orders consume until their last projection is written, less what an idle market would have in that time. */
async function consumed(wire: Wire, idle: Units, orders: number, place: () => Promise<void>): Promise<PerOrder> {
  await wire.settled();
  wire.take();
  const began = performance.now();
  await place();
  await wire.settled();
  const milliseconds = performance.now() - began;
  const { units, refused } = wire.take();
  const byOperation = new Map([...units].map(([name, n]) => [name, (n - (idle.get(name) ?? 0) * milliseconds) / orders]));
  return { write: sumOf(byOperation, 'write'), read: sumOf(byOperation, 'read'), refused: refused / orders, byOperation };
}

const listed = (units: Units) =>
  [...units]
    .filter(([, n]) => n > 0.05)
    .sort(([, a], [, b]) => b - a)
    .map(([name, n]) => `${name} ${n.toFixed(1)}`)
    .join(', ');

/** Write and read units of an order of one line, cash on delivery, all projections included, as DynamoDB bills them. */
export async function units(): Promise<Findings> {
  const engine = await startEngine();
  const wire = await startWire(engine.endpoint);
  const market = await startMarket({ env: { DYNAMODB_ENDPOINT: wire.endpoint } });
  const client = openClient(market.origin, 64);
  try {
    const skus = await fullShelves(client, 100);
    const order = (n: number) => orderOf([{ sku: skus[n % skus.length] ?? '', quantity: 1 }]);
    const broken: string[] = [];
    const placeAll = async (count: number, atOnce: number, settle: boolean) => {
      const orders = Array.from({ length: count }, (_, n) => order(n));
      const { answers } = await drive(count, atOnce, async (n) => {
        const answer = await client.send(orders[n] as ReturnType<typeof order>);
        if (settle) await wire.settled();
        return answer;
      });
      if (placedOf(answers).length !== count) broken.push(`units: only ${placedOf(answers).length} of ${count} orders were taken`);
    };
    // What a warm function remembers, e.g. sellers, is read once.
    await placeAll(skus.length, 16, false);
    const idle = await idlePerMs(wire);
    const alone = await consumed(wire, idle, lone, () => placeAll(lone, 1, true));
    const rush = await consumed(wire, idle, rushing, () => placeAll(rushing, 64, false));
    const cost = costOfThousand(alone);
    // Past the wire: what the audit reads is no order's.
    const audited = { endpoint: engine.endpoint, orders: skus.length + lone + rushing };
    broken.push(...(await booksBroken('units', market, audited)));
    return {
      figures: [
        { what: 'units: writes of a lone order, projections included', value: alone.write, unit: 'WRU', target: { atMost: 14 } },
        { what: 'units: reads of a lone order, projections included', value: alone.read, unit: 'RRU', target: { atMost: 6 } },
        { what: `units: writes per order, ${rushing} in a rush`, value: rush.write, unit: 'WRU', target: { atMost: 14 } },
        { what: `units: reads per order, ${rushing} in a rush`, value: rush.read, unit: 'RRU', target: { atMost: 6 } },
        { what: 'units: refused transactions per order in the rush', value: rush.refused, unit: '' },
        { what: 'units: 1,000 lone orders on AWS', value: cost.usd, unit: 'USD' },
      ],
      broken,
      notes: [
        `units: lone order: ${listed(alone.byOperation)}.`,
        `units: in the rush: ${listed(rush.byOperation)}.`,
        `units: 1,000 orders = ${Object.entries(cost.lines)
          .map(([name, usd]) => `${name} ${usd.toFixed(4)}`)
          .join(' + ')} USD; ${cost.invocationMs} ms an invocation, prices as in docs/deploy.md.`,
      ],
    };
  } finally {
    client.close();
    await market.stop();
    wire.stop();
    await engine.stop();
  }
}
