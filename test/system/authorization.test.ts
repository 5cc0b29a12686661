import { describe, expect, test } from 'vitest';
import type { Role } from '../../shared/platform/contract.ts';
import { ask, assertProblem, type Person, people } from './caller.ts';
import { openForEveryRoute } from './every-route.ts';
import { addressOf, routes, type Sample } from './samples.ts';

/** Every route of the contract, asked by everyone. Nothing here names a route: a new one is tested as soon as it has a sample. */
const here = openForEveryRoute();

const roleOf: Record<Person, Role> = {
  shopper: 'shopper',
  seller: 'seller',
  otherSeller: 'seller',
  department: 'department',
  admin: 'admin',
};
const everyone = Object.keys(people) as Person[];
const tested = routes.filter(({ name }) => name !== 'sepayWebhook');
const guarded = tested.filter(({ route }) => route.callers !== 'anyone');
const send = (name: string, sample: Sample, token: string | undefined) => {
  const route = routes.find((r) => r.name === name)?.route;
  if (!route) throw new Error(name);
  const body = Buffer.isBuffer(sample.body) ? { raw: sample.body } : { body: sample.body };
  return ask(here.market.origin, route.method, addressOf(route, sample), { token, headers: sample.headers ?? {}, ...body });
};

test('every route has a request to be tested with', () => {
  expect(here.samples.missing()).toEqual([]);
});

describe('whoever may call', () => {
  test.each(tested.map(({ name, route }) => [name, route] as const))('%s succeeds for each of its callers', async (name, route) => {
    const callers: (Person | undefined)[] =
      route.callers === 'anyone'
        ? [undefined, 'shopper']
        : everyone.filter((p) => p !== 'otherSeller' && route.callers.includes(roleOf[p]));
    expect(callers.length).toBeGreaterThan(0);
    for (const person of callers) {
      const answer = await send(name, await here.samples.of(name), person && here.tokens[person]);
      expect(answer.status, `${name} by ${person ?? 'nobody'}: ${answer.text.slice(0, 300)}`).toBe(route.success.status);
      const type = route.success.contentType ?? (route.success.body ? 'application/json' : undefined);
      if (type) expect(String(answer.headers['content-type'])).toContain(type.split(';')[0]);
      if (route.success.body && !route.success.contentType)
        expect(() => route.success.body?.parse(JSON.parse(answer.text)), name).not.toThrow();
    }
  });
});

describe('whoever may not', () => {
  test('is refused at every guarded route — nobody 401, a wrong role 403, a forged token 401 — and nothing at all has changed', async () => {
    const asked: { name: string; sample: Sample }[] = [];
    for (const { name } of guarded) asked.push({ name, sample: await here.samples.of(name) });
    await settled();
    const before = await here.engine.digests();
    let refusals = 0;
    for (const { name, sample } of asked) {
      const route = routes.find((r) => r.name === name)?.route;
      assertProblem(await send(name, sample, undefined), 'unauthenticated', name);
      assertProblem(await send(name, sample, `${here.tokens.admin.slice(0, -6)}AAAAAA`), 'unauthenticated', name);
      for (const person of everyone) {
        if (route?.callers.includes(roleOf[person])) continue;
        assertProblem(await send(name, sample, here.tokens[person]), 'forbidden', `${name} by ${person}`);
        refusals++;
      }
    }
    expect(refusals).toBeGreaterThanOrEqual(guarded.length);
    expect(await here.engine.digests()).toEqual(before);
  });

  test('another seller finds none of this seller’s things, and nothing has changed', async () => {
    // Routes of sellers that name something; a seller's own lists are empty of another's things instead.
    // The names of EPCIS's collections are everyone's; what each finds in them is their own.
    const named = guarded.filter(
      ({ name, route }) => route.callers.includes('seller') && route.params !== undefined && name !== 'listMembers',
    );
    expect(named.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['getOwnProduct', 'setStock', 'pack', 'deliver', 'endCampaign', 'issueCodes', 'codesCsv']),
    );
    const asked: { name: string; sample: Sample }[] = [];
    for (const { name } of named) asked.push({ name, sample: await here.samples.of(name) });
    await settled();
    const before = await here.engine.digests();
    for (const { name, sample } of asked) assertProblem(await send(name, sample, here.tokens.otherSeller), 'not_found', name);
    const foreign = async (path: string) => (await ask(here.market.origin, 'GET', path, { token: here.tokens.otherSeller })).text;
    expect(await foreign('/epcis/epcs')).toContain('"member":[]');
    expect(await foreign('/epcis/bizSteps/storing/events')).toContain('"eventList":[]');
    expect(await here.engine.digests()).toEqual(before);
  });

  test('another seller cannot set aside this seller’s stock or record a lot of this seller’s goods', async () => {
    const [campaign, lot] = [await here.samples.of('createCampaign'), await here.samples.of('recordLot')];
    await settled();
    const before = await here.engine.digests();
    assertProblem(await send('createCampaign', campaign, here.tokens.otherSeller), 'validation_failed');
    expect((await send('recordLot', lot, here.tokens.otherSeller)).status).toBeGreaterThanOrEqual(400);
    expect(await here.engine.digests()).toEqual(before);
  });

  test('an order is for whoever knows its code and phone: a wrong phone looks like no order', async () => {
    const mine = await here.samples.of('getOrder');
    const code = String(mine.params?.code);
    const none = await ask(here.market.origin, 'GET', '/api/orders/KB00000000', { headers: { 'x-customer-phone': '0987999999' } });
    for (const headers of [{}, { 'x-customer-phone': '0987999999' }, { 'x-customer-phone': '' }] as Record<string, string>[]) {
      const answer = await ask(here.market.origin, 'GET', `/api/orders/${code}`, { headers });
      const { requestId: _a, ...said } = assertProblem(answer, 'not_found');
      const { requestId: _b, ...saidOfNone } = assertProblem(none, 'not_found');
      expect(said).toEqual(saidOfNone);
    }
    // Not even a signed-in seller of another stall, or the department, reads it this way.
    for (const person of ['otherSeller', 'department', 'shopper'] as const)
      assertProblem(await ask(here.market.origin, 'GET', `/api/orders/${code}`, { token: here.tokens[person] }), 'not_found');
  });
});

/** Until the streams and the clock have done their work: two looks in a row are equal. */
async function settled(): Promise<void> {
  let last = '';
  for (let i = 0; i < 100; i++) {
    const now = JSON.stringify(await here.engine.digests());
    if (now === last) return;
    last = now;
    // The clock turns every second; a campaign whose time is over is closed then.
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error('the market does not come to rest');
}
