import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { takeDataDir } from '../../infra/local/data-dir.ts';
import { startEngine } from '../../infra/local/engine.ts';
import { childPids, freePort, freshFolder, isRunning, type Market, runStart, startMarket, until } from './market.ts';

const phone = '0912345678';
const folders: string[] = [];
const folder = () => {
  const path = freshFolder();
  folders.push(path);
  return path;
};
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

/** Places an order that is paid on delivery. @returns its code, once the market has acknowledged it */
async function order(market: Market, key: string): Promise<string> {
  const answer = await fetch(`${market.origin}/api/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({
      lines: [{ sku: 'VT-LN-3KG', quantity: 1 }],
      customer: { name: 'Nguyễn Thị Mua', phone },
      shipTo: { provinceCode: '24', communeCode: '07525', street: 'Số 1' },
      payment: 'cod',
    }),
  });
  const body = (await answer.json()) as { code: string };
  expect(answer.status, JSON.stringify(body)).toBe(201);
  return body.code;
}

const followOrder = (market: Market, code: string) =>
  fetch(`${market.origin}/api/orders/${code}`, { headers: { 'x-customer-phone': phone } });

async function signIn(market: Market): Promise<string> {
  const answer = await fetch(`${market.origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'quantri@demo.vn', password: 'KinhBac#2026' }),
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { accessToken: string }).accessToken;
}

const whoAmI = async (market: Market, token: string) => {
  const answer = await fetch(`${market.origin}/api/session`, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, body: (await answer.json()) as { user?: { role: string } } };
};

describe('a start that cannot succeed ends with one sentence and code 1', { timeout: 30_000 }, () => {
  /** Vietnamese first, English in brackets, no stack. */
  const sentence = (vi: RegExp, en: RegExp) => new RegExp(`^${vi.source}[^\\n]*\\[[^\\n]*${en.source}[^\\n]*\\]\\s*$`);

  test('a port that is no port', async () => {
    const { code, output } = await runStart({ PORT: '80a', DATA_DIR: folder() });
    expect(output).toMatch(sentence(/Cài đặt chưa đúng: PORT="80a"/, /A setting is wrong/));
    expect(code).toBe(1);
  });

  test('a payment window of nothing', async () => {
    const { code, output } = await runStart({ PAYMENT_WINDOW_SECONDS: '0', DATA_DIR: folder() });
    expect(output).toMatch(sentence(/Cài đặt chưa đúng: PAYMENT_WINDOW_SECONDS="0"/, /A setting is wrong/));
    expect(code).toBe(1);
  });

  test('a public origin with a path', async () => {
    const { code, output } = await runStart({ PUBLIC_ORIGIN: 'https://cho.example.vn/x', DATA_DIR: folder() });
    expect(output).toMatch(sentence(/Cài đặt chưa đúng: PUBLIC_ORIGIN=/, /A setting is wrong/));
    expect(code).toBe(1);
  });

  test('a port that another program has', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await new Promise((done) => other.once('listening', done));
    const { code, output } = await runStart({ PORT: String(port), DATA_DIR: folder() });
    other.close();
    expect(output).toMatch(sentence(new RegExp(`Cổng ${port}`), new RegExp(`Port ${port} is taken`)));
    expect(code).toBe(1);
  });

  test('a folder that cannot be written, because a file stands there', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    const { code, output } = await runStart({ PORT: String(await freePort()), DATA_DIR: file });
    expect(output).toMatch(sentence(/Không ghi được vào DATA_DIR=/, /DATA_DIR cannot be written/));
    expect(code).toBe(1);
  });

  test('a folder of a file system that takes no writes, even from root', async () => {
    const { code, output } = await runStart({ PORT: String(await freePort()), DATA_DIR: '/proc/cho-kinh-bac' });
    expect(output).toMatch(sentence(/Không ghi được vào DATA_DIR=/, /DATA_DIR cannot be written/));
    expect(code).toBe(1);
  });

  test('a database that is not one', async () => {
    const dataDir = folder();
    writeFileSync(join(dataDir, 'market.db'), 'x'.repeat(8_192));
    const { code, output } = await runStart({ PORT: String(await freePort()), DATA_DIR: dataDir });
    expect(output).toMatch(sentence(/Tệp dữ liệu [^\n]*market\.db đã hỏng/, /move it [^\n]* away and restore/));
    expect(code).toBe(1);
    expect(readFileSync(join(dataDir, 'market.db'), 'utf8')).toBe('x'.repeat(8_192));
  });

  test('a server at DYNAMODB_ENDPOINT that is not there', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const { code, output } = await runStart({ PORT: String(await freePort()), DATA_DIR: folder(), DYNAMODB_ENDPOINT: endpoint });
    expect(output).toMatch(/DYNAMODB_ENDPOINT=[^\n]* không trả lời/);
    expect(code).toBe(1);
  });
});

describe('one market over its life', { timeout: 120_000 }, () => {
  test('starts, is stopped, killed and damaged, and keeps what it acknowledged', async () => {
    const dataDir = folder();
    const first = await startMarket({ dataDir });
    expect(first.output()).toContain('KinhBac#2026');
    expect(await (await fetch(`${first.origin}/healthz`)).json()).toEqual({ status: 'ok' });
    const token = await signIn(first);
    const code = await order(first, 'life-1');

    // The same folder belongs to one market.
    const second = await runStart({ PORT: String(await freePort()), DATA_DIR: dataDir });
    expect(second.output).toMatch(/Một chợ khác \(tiến trình \d+\) đang chạy trên DATA_DIR=/);
    expect(second.code).toBe(1);
    expect((await fetch(`${first.origin}/healthz`)).status).toBe(200);

    // SIGTERM: within five seconds, nothing left behind.
    const pids = childPids(dataDir);
    expect(pids).toHaveLength(2);
    const stopped = await first.stop();
    expect(stopped.code).toBe(0);
    expect(stopped.milliseconds).toBeLessThan(5_000);
    expect(pids.filter(isRunning)).toEqual([]);

    // A second start finds everything, also the person who was signed in, and is quick (0.8 s alone on this machine; 5 s allowed).
    const before = performance.now();
    const again = await startMarket({ dataDir });
    expect(performance.now() - before).toBeLessThan(5_000);
    expect((await followOrder(again, code)).status).toBe(200);
    expect(await whoAmI(again, token)).toMatchObject({ status: 200, body: { user: { role: 'admin' } } });

    // kill -9 of everything, a moment after an acknowledgement.
    const last = await order(again, 'life-2');
    await again.kill9();
    const third = await startMarket({ dataDir });
    expect((await followOrder(third, last)).status).toBe(200);
    expect(await whoAmI(third, token)).toMatchObject({ status: 200 });
    expect(await signIn(third)).toBeTruthy();

    // kill -9 of the market alone: what stood behind it ends by itself or at the next start.
    const orphans = childPids(dataDir);
    await third.kill9Alone();
    const fourth = await startMarket({ dataDir });
    expect(orphans.filter(isRunning)).toEqual([]);
    expect((await followOrder(fourth, last)).status).toBe(200);

    // The engine dies under a running market: a sentence, and nobody is left waiting for it.
    const engine = JSON.parse(readFileSync(join(dataDir, 'children/engine.json'), 'utf8')) as { pid: number };
    const everyone = childPids(dataDir);
    process.kill(engine.pid, 'SIGKILL');
    await until(
      async () => fourth.output(),
      (output) => output.includes('Tiến trình engine đã dừng đột ngột'),
    );
    await until(
      async () => everyone.filter(isRunning),
      (running) => running.length === 0,
    );
    expect((await fourth.stop()).code).toBe(1);

    // A page of the file is overwritten: told, not served.
    const file = openSync(join(dataDir, 'market.db'), 'r+');
    writeSync(file, Buffer.alloc(4_096, 0xee), 0, 4_096, 4_096);
    closeSync(file);
    const damaged = await runStart({ PORT: String(await freePort()), DATA_DIR: dataDir });
    expect(damaged.output).toMatch(/Tệp dữ liệu [^\n]*market\.db đã hỏng/);
    expect(damaged.code).toBe(1);
  }, 120_000);

  test('answers 503 with a problem document until it is ready, and stops when told so meanwhile', async () => {
    const port = await freePort();
    const dataDir = folder();
    const run = runStart({ PORT: String(port), DATA_DIR: dataDir, DYNAMODB_ENDPOINT: `http://127.0.0.1:${await freePort()}` });
    const answer = await until(
      () => fetch(`http://localhost:${port}/healthz`).catch(() => undefined),
      (a) => a !== undefined,
    );
    expect(answer?.status).toBe(503);
    expect(answer?.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer?.json()).toMatchObject({ code: 'unavailable', status: 503 });
    process.kill(Number(readFileSync(join(dataDir, 'market.pid'), 'utf8')), 'SIGTERM');
    expect((await run).code).toBe(0);
  });

  test('uses the server at DYNAMODB_ENDPOINT, makes its tables there and leaves it running', async () => {
    const engineDir = folder();
    const lock = takeDataDir(engineDir);
    const engine = await startEngine(engineDir);
    const market = await startMarket({ env: { DYNAMODB_ENDPOINT: engine.endpoint } });
    expect(childPids(market.dataDir)).toHaveLength(1);
    const code = await order(market, 'endpoint-1');
    await market.stop();
    expect(engine.child?.isRunning()).toBe(true);

    // Another DATA_DIR on the same server is the same market: the goods and orders are there, and the demo accounts fit them.
    const other = await startMarket({ env: { DYNAMODB_ENDPOINT: engine.endpoint } });
    expect((await followOrder(other, code)).status).toBe(200);
    expect(await whoAmI(other, await signIn(other))).toMatchObject({ status: 200, body: { user: { role: 'admin' } } });
    await other.stop();
    await engine.child?.stop();
    lock.release();
  }, 60_000);

  test('finishes a request that is under way when it is told to stop', async () => {
    const market = await startMarket({ env: { SEED: 'none' } });
    const body = JSON.stringify({ lines: [{ sku: 'KHONG-CO', quantity: 1 }] });
    const slow = httpRequest(`${market.origin}/api/quotes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': String(body.length), expect: '100-continue' },
    });
    // The market asks for the body: it has the request.
    const asked = once(slow, 'continue');
    slow.flushHeaders();
    await asked;
    const answered = once(slow, 'response') as Promise<[IncomingMessage]>;
    const stopping = market.stop();
    slow.end(body);
    const [answer] = await answered;
    expect(answer.statusCode).toBe(422);
    answer.resume();
    expect(await stopping).toMatchObject({ code: 0 });
  }, 30_000);
});
