import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../shared/platform/problem.ts';
import { inTheMiddle, later, lychees, type Market, now, openMarket, paymentWindowSeconds } from '../orders/market.ts';

let market: Market;
let webhook: typeof import('../../../functions/payments/sepay-webhook.ts');
let payments: typeof import('../../../functions/payments/store.ts');
let endPackages: typeof import('../../../functions/orders/end-packages.ts').endPackages;
beforeAll(async () => {
  market = await openMarket();
  webhook = await import('../../../functions/payments/sepay-webhook.ts');
  payments = await import('../../../functions/payments/store.ts');
  ({ endPackages } = await import('../../../functions/orders/end-packages.ts'));
});
afterAll(() => market?.stop());

let ids = 92_704;
const bytes = (body: unknown) => Buffer.from(JSON.stringify(body));
/** SePay's documented message, for one package. */
const message = (more: Record<string, unknown>) => ({
  id: ++ids,
  gateway: 'Vietcombank',
  transactionDate: '2026-06-15 09:01:00',
  accountNumber: '970436000000101',
  subAccount: null,
  code: null,
  content: '',
  transferType: 'in',
  description: '',
  transferAmount: 381_000,
  accumulated: 19_077_000,
  referenceCode: 'MBVCB.3278907687',
  ...more,
});
const take = (body: object, at = later(60)) => webhook.takeTransfer(bytes(body), at);
async function transfer() {
  const sku = await market.stock('VAI-5KG', 10);
  const order = await market.buy([{ sku, quantity: 1 }], { payment: 'bank_transfer' });
  return { ...order, sku, content: `${order.code}P1` };
}
const packageOf = async (code: string) => (await market.readOrder(code))?.packages[0];
const unmatched = async (id: number | string) => {
  const kept = await payments.readPayment(`sepay#${id}`);
  return kept && { reason: kept.reason, amount: kept.amount, packageId: kept.packageId };
};
const ledgerOf = async (code: string) => (await market.sellerDesk.ledgerOf(lychees, {}, now)).items.filter((l) => l.orderCode === code);

describe('the signature', () => {
  const secret = 'local-sepay-secret';
  const raw = bytes(message({}));
  const at = Math.floor(now.getTime() / 1_000);
  const sign = (timestamp: string, body: Uint8Array = raw, key = secret) =>
    `sha256=${createHmac('sha256', key).update(`${timestamp}.`).update(body).digest('hex')}`;
  const verdict = (signature: string | undefined, timestamp: string | undefined, body: Uint8Array = raw) => {
    try {
      webhook.verifySepay(body, signature, timestamp, secret, now);
      return 'accepted';
    } catch (error) {
      return error instanceof Problem ? error.code : String(error);
    }
  };

  test('of the raw bytes and the timestamp is accepted, in either case of its hex digits', () => {
    expect(verdict(sign(`${at}`), `${at}`)).toBe('accepted');
    expect(verdict(sign(`${at}`).toUpperCase().replace('SHA256', 'sha256'), `${at}`)).toBe('accepted');
  });

  test('is good for five minutes either way, not a second longer', () => {
    for (const off of [-300, 300]) expect(verdict(sign(`${at + off}`), `${at + off}`)).toBe('accepted');
    for (const off of [-301, 301, -86_400]) expect(verdict(sign(`${at + off}`), `${at + off}`)).toBe('invalid_signature');
  });

  test.each([
    ['absent', undefined, `${at}`],
    ['without a timestamp', sign(`${at}`), undefined],
    ['of another key', sign(`${at}`, raw, 'other'), `${at}`],
    ['of another body', sign(`${at}`, bytes({})), `${at}`],
    ['of another timestamp', sign(`${at - 1}`), `${at}`],
    ['cut short', sign(`${at}`).slice(0, -2), `${at}`],
    ['without its prefix', sign(`${at}`).slice(7), `${at}`],
    ['empty', '', `${at}`],
    ['not hex', `sha256=${'z'.repeat(64)}`, `${at}`],
    ['with a timestamp that is no number', sign('NaN'), 'NaN'],
    ['with an empty timestamp', sign(''), ''],
    ['with a negative timestamp', sign('-1'), '-1'],
    ['with an endless timestamp', sign('1e99'), '1e99'],
  ])('%s is refused', (_, signature, timestamp) => {
    expect(verdict(signature, timestamp)).toBe('invalid_signature');
  });

  test('of a body of which one byte was changed is refused', () => {
    const changed = Buffer.from(raw);
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(verdict(sign(`${at}`), `${at}`, changed)).toBe('invalid_signature');
  });
});

describe('money that fits', () => {
  test('confirms its package, sells its units and is booked, once, however often and at once it is told', async () => {
    const { code, content, sku } = await transfer();
    const told = message({ content: `MBVCB.3278907687.${content}.CT tu 0123456789 NGUYEN VAN A` });
    await Promise.all(Array.from({ length: 12 }, () => take(told)));
    await take(told, later(3_600));
    expect(await packageOf(code)).toMatchObject({ status: 'confirmed', paymentStatus: 'paid', version: 2 });
    expect(await market.counters(sku)).toEqual({ available: 9, reserved: 0, sold: 1 });
    expect((await ledgerOf(code)).map((l) => l.amount).sort()).toEqual([335_000, 46_000]);
    expect(await unmatched(told.id)).toEqual({ reason: undefined, amount: 381_000, packageId: `${code}-1` });
    await market.assertStockBook(sku);
  });

  test('is found by SePay’s own code field too', async () => {
    const { code, content } = await transfer();
    await take(message({ code: content.toLowerCase() }));
    expect((await packageOf(code))?.status).toBe('confirmed');
  });

  test('out of the account is no payment', async () => {
    const { code, content } = await transfer();
    const told = message({ content, transferType: 'out' });
    await take(told);
    expect((await packageOf(code))?.status).toBe('pending_payment');
    expect(await unmatched(told.id)).toBeUndefined();
  });
});

describe('money that does not fit is kept for a person, never dropped, and changes nothing', () => {
  test.each([
    ['too little', { transferAmount: 380_999 }, 'too_little'],
    ['too much', { transferAmount: 381_001 }, 'too_much'],
    ['nothing at all', { transferAmount: 0 }, 'too_little'],
    ['to another account', { accountNumber: '970407000000102' }, 'wrong_account'],
  ])('%s', async (_, more, reason) => {
    const { code, content, sku } = await transfer();
    const told = message({ content, ...more });
    await Promise.all([take(told), take(told), take(told)]);
    expect((await packageOf(code))?.status).toBe('pending_payment');
    expect(await unmatched(told.id)).toMatchObject({ reason, packageId: `${code}-1` });
    expect(await market.counters(sku)).toEqual({ available: 9, reserved: 1, sold: 0 });
    // The right amount may still come.
    await take(message({ content }));
    expect((await packageOf(code))?.status).toBe('confirmed');
  });

  test.each([
    ['naming nothing', 'tien vai'],
    ['naming an order that is not', 'KB00000000P1'],
    ['without content', null],
  ])('%s', async (_, content) => {
    const told = message({ content });
    await take(told);
    expect(await unmatched(told.id)).toEqual({ reason: 'unknown', amount: 381_000, packageId: undefined });
  });

  test('naming a package the order does not have', async () => {
    const { code } = await transfer();
    const told = message({ content: `${code}P7` });
    await take(told);
    expect((await unmatched(told.id))?.reason).toBe('unknown');
    expect((await packageOf(code))?.status).toBe('pending_payment');
  });

  test('for a COD order', async () => {
    const sku = await market.stock('VAI-5KG', 10);
    const { code } = await market.buy([{ sku, quantity: 1 }]);
    const told = message({ content: `${code}P1` });
    await take(told);
    expect((await unmatched(told.id))?.reason).toBe('unknown');
  });

  test('late: at the very end of the window, cleaned up or not', async () => {
    const { code, content, sku } = await transfer();
    const onTheDot = message({ content });
    await take(onTheDot, later(paymentWindowSeconds));
    expect((await unmatched(onTheDot.id))?.reason).toBe('late');
    const pkg = await packageOf(code);
    if (!pkg) throw new Error('no package');
    await endPackages([pkg], 'expired', 'clock', later(paymentWindowSeconds));
    const afterwards = message({ content });
    await take(afterwards, later(paymentWindowSeconds + 60));
    expect((await unmatched(afterwards.id))?.reason).toBe('late');
    expect(await market.counters(sku)).toEqual({ available: 10, reserved: 0, sold: 0 });
    await market.assertStockBook(sku);
  });

  test('twice: two transfers for one package at once confirm it once, the other is already_paid', async () => {
    const { code, content } = await transfer();
    const told = [message({ content }), message({ content })];
    await Promise.all(told.map((t) => take(t)));
    const reasons = await Promise.all(told.map(async (t) => (await unmatched(t.id))?.reason));
    expect(reasons.filter((r) => r === undefined)).toHaveLength(1);
    expect(reasons.filter((r) => r === 'already_paid')).toHaveLength(1);
    expect((await ledgerOf(code)).length).toBe(2);
    const third = message({ content });
    await take(third, later(120));
    expect((await unmatched(third.id))?.reason).toBe('already_paid');
  });

  test('after the buyer cancelled', async () => {
    const { code, content, phone } = await transfer();
    await market.cancelOrder(code, phone, later(30));
    const told = message({ content });
    await take(told);
    expect((await unmatched(told.id))?.reason).toBe('late');
    expect((await packageOf(code))?.status).toBe('cancelled');
  });
});

describe('against a rival in the middle', () => {
  test('the buyer cancels between reading and writing: the money is kept as late', async () => {
    const { code, content, phone, sku } = await transfer();
    const rival = inTheMiddle(market, 'transaction', 1, () => market.cancelOrder(code, phone, later(50)));
    const told = message({ content });
    await take(told);
    rival.stop();
    expect((await packageOf(code))?.status).toBe('cancelled');
    expect((await unmatched(told.id))?.reason).toBe('late');
    expect(await market.counters(sku)).toEqual({ available: 10, reserved: 0, sold: 0 });
    await market.assertStockBook(sku);
  });

  test('the seller acknowledges between reading and writing: it is paid all the same', async () => {
    const { code, content } = await transfer();
    const rival = inTheMiddle(market, 'transaction', 1, () => market.sellerDesk.acknowledge(lychees, code, later(50)));
    await take(message({ content }));
    rival.stop();
    expect(await packageOf(code)).toMatchObject({ status: 'confirmed', acknowledgedAt: later(50).toISOString(), version: 3 });
  });

  test('a crash before the write leaves nothing; SePay’s repetition does it', async () => {
    const { code, content } = await transfer();
    const told = message({ content });
    const crash = inTheMiddle(market, 'transaction', 1, async () => {
      throw new Error('the lights went out');
    });
    await expect(take(told)).rejects.toThrow('the lights went out');
    crash.stop();
    expect(await unmatched(told.id)).toBeUndefined();
    await take(told);
    expect((await packageOf(code))?.status).toBe('confirmed');
  });
});

test.each([
  ['no JSON', Buffer.from('{'), 'malformed_json'],
  ['no object', Buffer.from('[]'), 'validation_failed'],
  ['an amount that is no whole number', bytes(message({ transferAmount: 1.5 })), 'validation_failed'],
  ['a negative amount', bytes(message({ transferAmount: -1 })), 'validation_failed'],
  ['an id of two kinds', bytes(message({ id: {} })), 'validation_failed'],
])('a signed message that is %s is refused, not taken for paid', async (_, raw, code) => {
  const refused = await webhook.takeTransfer(raw, now).catch((e: unknown) => e);
  expect(refused instanceof Problem && refused.code).toBe(code);
});

test('the list for a person shows every unmatched payment once, newest first, page by page', async () => {
  const before = new Set((await market.everything()).filter((i) => i.gsi1pk === 'PAYMENTS#unmatched').map((i) => String(i.id)));
  const told = Array.from({ length: 5 }, () => message({ content: 'khong ro' }));
  for (const [i, t] of told.entries()) await take(t, later(10_000 + i));
  const seen: string[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await payments.readUnmatched(2, from);
    seen.push(...page.payments.map((p) => p.id));
    from = page.next;
  } while (from);
  expect(seen.slice(0, 5)).toEqual(told.map((t) => `sepay#${t.id}`).reverse());
  expect(new Set(seen)).toEqual(new Set([...before, ...told.map((t) => `sepay#${t.id}`)]));
  expect(seen).toHaveLength(new Set(seen).size);
});
