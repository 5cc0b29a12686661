import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeDataDir } from '../../infra/local/data-dir.ts';
import { clientOptions, startEngine } from '../../infra/local/engine.ts';
import { ask, engineOf, newPhone } from './caller.ts';
import { freePort, freshFolder, type Market, startMarket, until } from './market.ts';
import { audit } from './rush.ts';

const dataDir = freshFolder();
let market: Market;
beforeAll(async () => {
  market = await startMarket({ dataDir });
  for (let i = 0; i < 3; i++) {
    const body = {
      lines: [{ sku: 'VT-LN-3KG', quantity: 1 }],
      customer: { name: 'Nguyễn Thị Mua', phone: newPhone() },
      shipTo: { provinceCode: '24', communeCode: '07525', street: 'Số 1' },
      payment: 'cod',
    };
    const answer = await ask(market.origin, 'POST', '/api/orders', { headers: { 'idempotency-key': `kiem-ke-${i}` }, body });
    expect(answer.status, answer.text).toBe(201);
  }
  const engine = engineOf(market);
  const facts = async () => (await engine.items('reporting')).filter(({ sk }) => sk === 'FACTS').length;
  await until(facts, (count) => count === 3);
  engine.close();
});
afterAll(async () => {
  await market?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Puts so many units on the counter that no book knows of. */
async function addUnits(endpoint: string, units: number): Promise<void> {
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(endpoint)));
  await dynamo.send(
    new UpdateCommand({
      TableName: 'commerce',
      Key: { pk: 'STOCK#VT-LN-3KG', sk: 'SHARD#00' },
      UpdateExpression: 'ADD available :units',
      ExpressionAttributeValues: { ':units': units },
    }),
  );
  dynamo.destroy();
}

const agrees = /^Sổ sách khớp: orders 3, packages 3, counters \d+, ledgerLines 0, rows 5\. \[The books agree\.\]\n$/;
const differs =
  /^KHÁC \/ DIFFERENT {2}stock against movements {2}VT-LN-3KG 00: \{"available":(\d+),"reserved":0,"sold":3\} ≠ \{"available":\d+,"reserved":0,"sold":3\}\nSổ sách lệch ở 1 chỗ/;

const endpointOf = (output: string) => /--port (\d+)/.exec(output)?.[1];

test('a market that runs is audited from outside, and a damaged counter named', async () => {
  expect(await audit({ DATA_DIR: dataDir })).toEqual({ code: 0, output: expect.stringMatching(agrees) });
  const endpoint = `http://127.0.0.1:${endpointOf(readFileSync(`${dataDir}/children/engine.json`, 'utf8'))}`;
  await addUnits(endpoint, 2);
  expect(await audit({ DATA_DIR: dataDir })).toEqual({ code: 1, output: expect.stringMatching(differs) });
  expect((await audit({ DYNAMODB_ENDPOINT: endpoint })).code).toBe(1);
  await addUnits(endpoint, -2);
  expect((await audit({ DYNAMODB_ENDPOINT: endpoint })).code).toBe(0);
});

test('of a market that was stopped the folder is opened, and left as it was found', async () => {
  expect((await market.stop()).code).toBe(0);
  expect(await audit({ DATA_DIR: dataDir })).toEqual({ code: 0, output: expect.stringMatching(agrees) });
  expect(readdirSync(`${dataDir}/children`)).toEqual([]);
  const lock = takeDataDir(dataDir);
  // Held by someone without an engine: nothing can be looked at.
  const held = await audit({ DATA_DIR: dataDir });
  expect(held.code).toBe(2);
  expect(held.output).toMatch(/^Một chợ khác \(tiến trình \d+\) đang chạy trên DATA_DIR=[^\n]*\[Another market [^\n]*\]\n$/);
  const engine = await startEngine(dataDir);
  await addUnits(engine.endpoint, 2);
  await engine.child?.stop();
  lock.release();
  expect(await audit({ DATA_DIR: dataDir })).toEqual({ code: 1, output: expect.stringMatching(differs) });
  expect(readdirSync(`${dataDir}/children`)).toEqual([]);
});

test('where there is no market it says so, and makes none', async () => {
  const folder = `${dataDir}/khong-co`;
  expect(await audit({ DATA_DIR: folder })).toEqual({
    code: 2,
    output: `Không có chợ nào trong DATA_DIR=${folder}. [There is no market in this DATA_DIR.]\n`,
  });
  expect(existsSync(folder)).toBe(false);
  const nobody = `http://127.0.0.1:${await freePort()}`;
  const { code, output } = await audit({ DYNAMODB_ENDPOINT: nobody });
  expect(code).toBe(2);
  expect(output).toMatch(
    new RegExp(`^DYNAMODB_ENDPOINT=${nobody} không trả lời[^\\n]*\\[Nothing answers at DYNAMODB_ENDPOINT[^\\n]*\\]\\n$`),
  );
});
