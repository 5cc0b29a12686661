/**
 * A scan counts when a person sees the page: messengers such as Zalo fetch links before anyone opens them, and a page in a background tab
 * has not been seen. The nonce lives in the tab, so a reload is not another scan; the device's number tells copies of a label apart and is
 * kept by the market only as a hash together with this one code.
 */
import { call } from '../platform/api.ts';
import type { Trace } from './seven-items.ts';
import type { Code } from './typed-code.ts';

type Store = Pick<Storage, 'getItem' | 'setItem'>;

export function kept(store: Store, key: string, make: () => string): string {
  const there = store.getItem(key);
  if (there) return there;
  const made = make();
  store.setItem(key, made);
  return made;
}

/** @returns when somebody looks at the page: now, or once it comes to the front */
const seen = (): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    look();
  });

const id = () => crypto.randomUUID();
/** This phone's own name, which it chose itself; the market keeps it only as a hash with one item. */
export const deviceName = (): string => kept(localStorage, 'may-quet', id);

/** The item's state with this scan counted; undefined when the market did not answer. */
export async function countScan(code: Code): Promise<Trace['state'] | undefined> {
  await seen();
  const nonce = kept(sessionStorage, `lan-quet:${code.gtin}:${code.serial}`, id);
  const device = deviceName();
  const answer = await call('POST /api/trace/{gtin}/{serial}/scans', { params: { ...code }, body: { nonce, device } });
  return answer.ok ? answer.data.state : undefined;
}
