import { afterEach, describe, expect, it, vi } from 'vitest';
import { call } from './api.ts';

const answers = (...steps: (Response | Error)[]) => {
  const fetch = vi.fn(async (_address: string, _request: RequestInit) => {
    const step = steps.shift();
    if (!step) throw new Error('one call too many');
    if (step instanceof Error) throw step;
    return step;
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
};
const broken = () => new TypeError('Failed to fetch');
const json = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init);

afterEach(() => vi.unstubAllGlobals());

describe('calling the market', () => {
  it('fills the path, leaves out what was not asked, and hands over the answer', async () => {
    const fetch = answers(json({ items: [] }));
    const answer = await call('GET /api/provinces/{code}/communes', { params: { code: '24' }, query: { q: 'việt yên' } });
    expect(answer).toEqual({ ok: true, data: { items: [] } });
    expect(fetch.mock.calls[0]?.[0]).toBe('/api/provinces/24/communes?q=vi%E1%BB%87t+y%C3%AAn');
  });

  it('hands a refusal over with its code, fields, total and pause', async () => {
    answers(
      json(
        { code: 'price_changed', title: 'Giá đã thay đổi', detail: 'x', total: 450_000 },
        { status: 409, headers: { 'Retry-After': '7' } },
      ),
    );
    const answer = await call('POST /api/quotes', { body: { lines: [] } });
    expect(answer).toEqual({
      ok: false,
      problem: {
        code: 'price_changed',
        status: 409,
        title: 'Giá đã thay đổi',
        detail: 'x',
        errors: [],
        total: 450_000,
        retryAfterSeconds: 7,
      },
    });
  });

  it('tries once more, with the same key, when the connection broke', async () => {
    const fetch = answers(broken(), json({ code: 'KB1' }, { status: 201 }));
    const body = {
      lines: [{ sku: 'A', quantity: 1 }],
      customer: { name: 'A', phone: '0912345678' },
      delivery: 'pickup',
      payment: 'cod',
    } as const;
    const answer = await call('POST /api/orders', { body: { ...body, lines: [...body.lines] }, idempotencyKey: 'key-1' });
    expect(answer.ok).toBe(true);
    expect(fetch.mock.calls.map(([, request]) => new Headers(request.headers).get('Idempotency-Key'))).toEqual(['key-1', 'key-1']);
  });

  it('does not repeat a write that carries no key', async () => {
    const fetch = answers(broken());
    const answer = await call('POST /api/orders/{code}/cancel', { params: { code: 'KB1' }, body: { phone: '0912345678' } });
    expect(answer).toMatchObject({ ok: false, problem: { code: 'network', status: 0 } });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('calls a server that answers with a page of its own a problem of ours', async () => {
    answers(new Response('<h1>Bad gateway</h1>', { status: 502 }));
    const answer = await call('GET /api/provinces', {});
    expect(answer).toMatchObject({ ok: false, problem: { code: 'internal_error', status: 502 } });
  });
});
