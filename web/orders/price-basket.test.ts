import { afterEach, describe, expect, it, vi } from 'vitest';
import { lineOfPath, priceBasket, shortBy } from './price-basket.ts';

afterEach(() => vi.unstubAllGlobals());

const refusal = (errors: { path: string; message: string }[]) =>
  new Response(JSON.stringify({ code: 'validation_failed', errors }), { status: 422 });
const basket = [
  { sku: 'A', quantity: 1 },
  { sku: 'GONE', quantity: 2 },
  { sku: 'B', quantity: 3, campaign: 'megalive' },
];

describe('pricing a basket', () => {
  it('reads which line a refusal is about', () => {
    expect(lineOfPath('lines[12].quantity')).toBe(12);
    expect(lineOfPath('voucher')).toBeUndefined();
  });

  it('knows how many too many a line asks for', () => {
    expect(shortBy({ quantity: 5, available: 3 })).toBe(2);
    expect(shortBy({ quantity: 5, available: 5 })).toBe(0);
    expect(shortBy({ quantity: 5 })).toBe(0);
  });

  it('prices what is left when a thing is gone, a voucher is wrong and a campaign is over', async () => {
    const bodies: { lines: { sku: string }[]; voucher?: string; campaign?: string }[] = [];
    const replies = [
      refusal([{ path: 'lines[1].sku', message: 'gone' }]),
      refusal([{ path: 'voucher', message: 'Mã hết hạn' }]),
      refusal([{ path: 'campaign', message: 'over' }]),
      new Response('{"total":1}'),
    ];
    vi.stubGlobal('fetch', async (_: string, request: RequestInit) => {
      bodies.push(JSON.parse(String(request.body)));
      return replies.shift();
    });
    const pricing = await priceBasket({ basket, voucher: 'CHAO' });
    expect(pricing).toEqual({ gone: ['GONE'], voucherError: 'Mã hết hạn', isCampaignOver: true, quote: { total: 1 } });
    expect(bodies.map((b) => [b.lines.map((l) => l.sku).join(), b.voucher, b.campaign])).toEqual([
      ['A,GONE,B', 'CHAO', 'megalive'],
      ['A,B', 'CHAO', 'megalive'],
      ['A,B', undefined, 'megalive'],
      ['A,B', undefined, undefined],
    ]);
  });

  it('has nothing to say about an empty basket and asks nobody', async () => {
    vi.stubGlobal('fetch', () => {
      throw new Error('asked');
    });
    expect(await priceBasket({ basket: [] })).toEqual({ gone: [], isCampaignOver: false });
  });
});
