import { describe, expect, it } from 'vitest';
import { forgetSession, homeOf, isOwnPath, keepSession, readSession, rememberReturn, takeReturn } from './session.ts';

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (k: string) => kept.get(k) ?? null,
    setItem: (k: string, v: string) => void kept.set(k, v),
    removeItem: (k: string) => void kept.delete(k),
  };
}
const answer = { accessToken: 'a.b.c', expiresIn: 60, user: { id: 'u1', name: 'Hợp tác xã', role: 'seller' as const, sellerSlug: 'htx' } };

describe('the session of this tab', () => {
  it('is kept until its time is over', () => {
    const store = memory();
    keepSession(answer, store, 1_000);
    expect(readSession(store, 60_999)?.user.name).toBe('Hợp tác xã');
    expect(readSession(store, 61_000)).toBeUndefined();
  });

  it('is gone after signing out, and broken storage is no session', () => {
    const store = memory();
    keepSession(answer, store, 0);
    forgetSession(store);
    expect(readSession(store, 1)).toBeUndefined();
    store.setItem('phien-lam-viec', '{"token":');
    expect(readSession(store, 1)).toBeUndefined();
  });
});

describe('coming back after signing in', () => {
  it('leads to the page that was left', () => {
    const store = memory();
    rememberReturn({ path: '/ban-hang/?x=1#a', reason: 'expired' }, store);
    expect(takeReturn(store)).toEqual({ path: '/ban-hang/?x=1#a', reason: 'expired' });
  });

  it('never leaves this site', () => {
    expect(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', undefined].map(isOwnPath)).toEqual(
      Array(6).fill(false),
    );
    expect(isOwnPath('/so-cong-thuong/')).toBe(true);
  });

  it('leads each role to its own desk', () => {
    expect([homeOf('seller'), homeOf('department'), homeOf('admin'), homeOf('shopper')]).toEqual([
      '/ban-hang/',
      '/so-cong-thuong/',
      '/so-cong-thuong/',
      '/',
    ]);
  });
});
