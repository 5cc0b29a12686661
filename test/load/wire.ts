import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const writes = ['TransactWriteItems', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'] as const;
const reads = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems'] as const;
const isWrite = (operation: string) => (writes as readonly string[]).includes(operation);
const isCounted = (operation: string) => isWrite(operation) || (reads as readonly string[]).includes(operation);

interface Consumed {
  TableName: string;
  CapacityUnits: number;
}

/** Units by operation and table, e.g. `Query commerce`. */
export type Units = Map<string, number>;

/** Units of all writes and of all reads. */
export const sumOf = (units: Units, kind: 'write' | 'read'): number =>
  [...units].filter(([name]) => isWrite(name.split(' ')[0] ?? '') === (kind === 'write')).reduce((sum, [, n]) => sum + n, 0);

async function whole(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/**
 * Stands between a market and its engine, asks the engine on every request what it consumed, and adds that up. The engine counts as
 * DynamoDB bills: a transaction's items twice, an index only when what it holds changed. Only a refused condition, which is billed as
 * a write, goes uncounted: `refused` says how many transactions that were.
 */
export async function startWire(engineEndpoint: string) {
  const { hostname, port } = new URL(engineEndpoint);
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  let units: Units = new Map();
  let refused = 0;
  let lastWriteAt = 0;
  let watcher: ((operation: string, body: string) => void) | undefined;

  function count(operation: string, answer: Buffer): void {
    const { ConsumedCapacity: consumed } = JSON.parse(answer.toString()) as { ConsumedCapacity?: Consumed | Consumed[] };
    for (const { TableName, CapacityUnits } of [consumed ?? []].flat()) {
      const name = `${operation} ${TableName}`;
      units.set(name, (units.get(name) ?? 0) + CapacityUnits);
    }
  }

  async function pass(incoming: IncomingMessage): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
    const asked = await whole(incoming);
    const [api = '', operation = ''] = String(incoming.headers['x-amz-target']).split('.');
    const counts = api === 'DynamoDB_20120810' && isCounted(operation);
    if (counts) watcher?.(operation, asked.toString());
    const body = counts ? Buffer.from(JSON.stringify({ ...JSON.parse(asked.toString()), ReturnConsumedCapacity: 'INDEXES' })) : asked;
    if (isWrite(operation)) lastWriteAt = performance.now();
    const outgoing = request({
      ...{ hostname, port, agent, method: incoming.method, path: incoming.url },
      headers: { ...incoming.headers, 'content-length': String(body.length) },
    });
    outgoing.end(body);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const answered = await whole(answer);
    const status = answer.statusCode ?? 502;
    if (counts && status === 200) count(operation, answered);
    if (operation === 'TransactWriteItems' && status === 400) refused++;
    if (isWrite(operation)) lastWriteAt = performance.now();
    return { status, headers: answer.headers, body: answered };
  }

  const server = createServer((incoming, outgoing) => {
    pass(incoming).then(
      ({ status, headers, body }) => outgoing.writeHead(status, headers).end(body),
      () => outgoing.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What was consumed since it was last asked. */
    take(): { units: Units; refused: number } {
      const taken = { units, refused };
      units = new Map();
      refused = 0;
      return taken;
    },
    /** Sees every request that is counted. */
    watch(watch: typeof watcher): void {
      watcher = watch;
    },
    /** Nothing has been written for a while: every event has had its effect. */
    async settled(): Promise<void> {
      while (performance.now() - lastWriteAt < 700) await wait(50);
    },
    stop(): void {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}
export type Wire = Awaited<ReturnType<typeof startWire>>;
