import { createHash } from 'node:crypto';
import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { clientOptions } from '../../infra/local/engine.ts';
import { type Market, startMarket } from '../system/market.ts';
import { drive, openClient, type Request } from './drive.ts';
import { type Findings, percentile } from './figures.ts';
import { openGarden } from './lots.ts';
import { engineEndpoint, isTold, marketCpuMs } from './processes.ts';
import { jsonOf } from './shoppers.ts';

const filled = Number(process.env.SCAN_CODES ?? 1_000_000);
const lots = 20;
const scans = 10_000;
const atOnce = 16;
/** DynamoDB's limit. As one transaction the engine takes three times as many items a second as by BatchWriteItem. */
const perWrite = 100;
const writers = 4;

type Item = Record<string, AttributeValue>;

/** One issued code and its item, as JSON in which the serial tells it from any other. */
interface Template {
  gtin: string;
  serial: string;
  text: string;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The n-th clone's serial: as scattered as a drawn one, but known again without a list. */
const serialOf = (n: number): string =>
  [...createHash('sha256').update(String(n)).digest().subarray(0, 12)].map((byte) => alphabet[byte & 31]).join('');

/** Finds the items of codes, in their order, by looking through the table, so that it needs to know no item's design. */
async function itemsOf(dynamo: DynamoDBClient, codes: readonly { gtin: string; serial: string }[]): Promise<Template[]> {
  const found = new Map<string, string>();
  let from: Item | undefined;
  do {
    const page = await dynamo.send(new ScanCommand({ TableName: 'traceability', ConsistentRead: true, ExclusiveStartKey: from }));
    for (const item of page.Items ?? []) {
      const code = codes.find(({ serial }) => item.pk?.S?.includes(serial));
      if (code) found.set(code.serial, JSON.stringify(item));
    }
    from = page.LastEvaluatedKey;
  } while (from);
  return codes.map((code) => {
    const text = found.get(code.serial);
    if (text === undefined) throw new Error(`scan: no item of ${code.serial} in the table`);
    return { ...code, text };
  });
}

/** Which template the n-th clone is made from. */
const templateOf = (templates: readonly Template[], n: number): Template => templates[n % templates.length] as Template;

/** A call of DynamoDB's API as text: the SDK takes longer to write a million items down than the engine to store them. */
const written = (TransactItems: string): Request => {
  const body = `{"TransactItems":[${TransactItems}]}`;
  return {
    method: 'POST',
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': String(Buffer.byteLength(body)),
      'x-amz-target': 'DynamoDB_20120810.TransactWriteItems',
      'x-amz-date': '20260101T000000Z',
      // The engine wants to see a signature and checks none.
      authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/ap-southeast-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body,
  };
};

/** Writes the clones straight at the engine. */
async function fill(market: Market, codes: readonly { gtin: string; serial: string }[]): Promise<Template[]> {
  const dynamo = new DynamoDBClient(clientOptions(engineEndpoint(market)));
  const templates = await itemsOf(dynamo, codes);
  dynamo.destroy();
  const engine = openClient(engineEndpoint(market), writers);
  await drive(filled / perWrite, writers, async (call) => {
    const puts = Array.from({ length: perWrite }, (_, i) => {
      const { text, serial } = templateOf(templates, call * perWrite + i);
      return `{"Put":{"TableName":"traceability","Item":${text.replaceAll(serial, serialOf(call * perWrite + i))}}}`;
    });
    jsonOf(await engine.send(written(puts.join(','))));
  });
  engine.close();
  return templates;
}

/** What a scan page asks for, over a million codes of twenty lots. */
export async function scan(): Promise<Findings> {
  const market = await startMarket();
  const client = openClient(market.origin, atOnce);
  try {
    const { recordLot, issue } = await openGarden(client);
    const codes: { gtin: string; serial: string }[] = [];
    for (let n = 0; n < lots; n++) {
      await recordLot(`QUET-${n}`, filled / lots + 1);
      const { gtin, serials } = await issue(`QUET-${n}`, 1, 0);
      codes.push({ gtin, serial: serials[0] as string });
    }
    const began = performance.now();
    const templates = await fill(market, codes);
    const fillSeconds = (performance.now() - began) / 1_000;
    const look = (count: number, first: number) =>
      drive(count, atOnce, async (i) => {
        // A prime step goes through the whole table.
        const n = ((first + i) * 786_433) % filled;
        const serial = serialOf(n);
        const path = `/api/trace/${templateOf(templates, n).gtin}/${serial}`;
        const { status, text } = await client.send({ method: 'GET', path, headers: {} });
        const trace = status === 200 ? (JSON.parse(text) as { state: string; serial: string; lot?: { lot: string } }) : undefined;
        return trace?.serial === serial && trace.state !== 'never_issued' && trace.lot?.lot === `QUET-${n % lots}`;
      });
    await look(scans / 5, 0);
    const before = marketCpuMs(market);
    const run = await look(scans, scans / 5);
    const after = marketCpuMs(market);
    const wrong = run.answers.filter((isRight) => !isRight).length;
    return {
      figures: [
        {
          what: `scan: 95% of ${atOnce} at once over ${filled.toLocaleString('en')} codes`,
          value: percentile(run.milliseconds, 0.95),
          unit: 'ms',
          target: { atMost: 50 },
        },
        { what: 'scan: pages’ data', value: run.perSecond, unit: '/s' },
        ...(isTold
          ? [
              {
                what: 'scan: processor, market and engine',
                value: (after.market + after.engine - before.market - before.engine) / scans,
                unit: 'ms/scan',
              },
            ]
          : []),
      ],
      broken: wrong === 0 ? [] : [`scan: ${wrong} of ${scans} answers were not the item asked for`],
      notes: [`scan: ${filled.toLocaleString('en')} items written in ${Math.round(fillSeconds)} s.`],
    };
  } finally {
    client.close();
    await market.stop();
  }
}
