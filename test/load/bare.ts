import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { clientOptions } from '../../infra/local/engine.ts';
import { startEngine } from '../store/engine.ts';
import { startMarket } from '../system/market.ts';
import { drive, openClient, type Run } from './drive.ts';
import { cpuMsOf, enginePid, ownCpuMs } from './processes.ts';
import { fullShelves, jsonOf, orderOf, type PlacedOrder } from './shoppers.ts';
import { startWire } from './wire.ts';

type Keys = NonNullable<NonNullable<TransactWriteItem['Update']>['Key']>;

/** What one order asked the engine to write, in one transaction, and the stock counters it found there. */
interface Captured {
  items: TransactWriteItem[];
  /** What tells this order from any other, as it stands in its items. */
  code: string;
  counters: Map<string, Keys>;
}

const partitionOf = (item: TransactWriteItem): string =>
  (item.Put?.Item ?? item.Update?.Key ?? item.ConditionCheck?.Key ?? item.Delete?.Key)?.pk?.S ?? '';
const isCounter = (item: TransactWriteItem) => /^(?:STOCK|OFFER)#/.test(partitionOf(item));

/**
 * Places one order in a market of its own and listens on the wire: whatever an order writes, now or after its items were designed
 * anew, is what the bare calls write, with the same names, sizes and conditions.
 */
async function captureOrder(): Promise<Captured> {
  const engine = await startEngine();
  const wire = await startWire(engine.endpoint);
  const market = await startMarket({ env: { DYNAMODB_ENDPOINT: wire.endpoint } });
  const client = openClient(market.origin, 1);
  const dynamo = new DynamoDBClient(clientOptions(engine.endpoint));
  try {
    const [sku = ''] = await fullShelves(client, 100);
    const order = orderOf([{ sku, quantity: 1 }]);
    const sent: string[] = [];
    wire.watch((operation, body) => {
      if (operation === 'TransactWriteItems') sent.push(body);
    });
    const { code } = jsonOf<PlacedOrder>(await client.send(order), 201);
    // The reports write about it, too, under keys of their own.
    const own = sent.filter((body) => body.includes(`"ORDER#${code}"`));
    if (own.length !== 1) throw new Error(`an order is one transaction, not ${own.length}`);
    const { TransactItems: items } = JSON.parse(own[0] as string) as { TransactItems: TransactWriteItem[] };
    const counters = new Map<string, Keys>();
    for (const item of items.filter(isCounter)) {
      const { Item } = await dynamo.send(new GetItemCommand({ TableName: 'commerce', Key: item.Update?.Key }));
      if (Item) counters.set(partitionOf(item), Item);
    }
    return { items, code, counters };
  } finally {
    dynamo.destroy();
    client.close();
    await market.stop();
    wire.stop();
    await engine.stop();
  }
}

/** Stock spread as it is over a market's SKUs: on one counter the bare calls would queue where orders do not. */
const spread = 16;
const numbered = (text: string, n: number) => text.slice(0, -7) + String(n).padStart(7, '0');

/** The same items under the n-th key of their own; counters, which orders share, under one of sixteen. */
function rekeyed({ items, code }: Captured, n: number): TransactWriteItem[] {
  const text = JSON.stringify(items).replaceAll(code, numbered(code, n));
  const copies = JSON.parse(text) as TransactWriteItem[];
  return copies.map((item, i) => {
    const keys = item.Put?.Item ?? item.Update?.Key ?? item.ConditionCheck?.Key ?? item.Delete?.Key;
    const before = partitionOf(items[i] as TransactWriteItem);
    if (keys && isCounter(item)) keys.pk = { S: `${before}-${n % spread}` };
    // Not named by the code, e.g. a phone's limit.
    else if (keys && keys.pk?.S === before) keys.pk = { S: numbered(before, n) };
    return item;
  });
}

const bytesOf = (items: readonly TransactWriteItem[]) => items.map((item) => Buffer.byteLength(JSON.stringify(item)));

/** A fresh engine with the manifest's tables, to be asked for nothing but what orders write. */
export async function openBare() {
  const captured = await captureOrder();
  const engine = await startEngine();
  // Their own client: what makes the functions' calls cheap must make the bare ones cheap too. It reads its settings when it is loaded.
  process.env.DYNAMODB_TOKENS = 'omit';
  const { dynamo } = await import('../../functions/platform/dynamo.ts');
  for (const [pk, counter] of captured.counters)
    for (let n = 0; n < spread; n++)
      await dynamo.send(
        new PutItemCommand({ TableName: 'commerce', Item: { ...counter, pk: { S: `${pk}-${n}` }, available: { N: '1000000' } } }),
      );
  const pid = enginePid(engine.endpoint);
  let made = 0;
  return {
    /** Told with the figures, since they are what the comparison rests on. */
    shape: `${captured.items.length} items of ${bytesOf(captured.items).join(', ')} bytes (as JSON)`,
    /** Processor time is the caller's and the engine's together. */
    async round(count: number, atOnce: number): Promise<Run<void> & { cpuMs: number }> {
      const commands = Array.from({ length: count }, () => new TransactWriteItemsCommand({ TransactItems: rekeyed(captured, made++) }));
      const cpuMs = () => ownCpuMs() + (pid === undefined ? 0 : cpuMsOf(pid));
      const before = cpuMs();
      const run = await drive(count, atOnce, async (n) => {
        await dynamo.send(commands[n] as TransactWriteItemsCommand);
      });
      return { ...run, cpuMs: cpuMs() - before };
    },
    async stop(): Promise<void> {
      dynamo.destroy();
      await engine.stop();
    },
  };
}
