/**
 * Who works in this tab. The access token is kept in sessionStorage: it ends with the tab and is not shared with others.
 * localStorage would keep the last seller signed in on a phone that a whole packing shed uses, an address lands in logs and screenshots,
 * and a cookie would be sent by itself, which invites forged requests.
 */
import { type Answer, type Asked, call, type Result, type RouteKey } from '../platform/api.ts';
import { links } from '../platform/links.ts';

export type User = Answer<'POST /api/session'>['user'];
export interface Session {
  token: string;
  /** Milliseconds since 1970, by this device's clock. */
  endsAt: number;
  user: User;
}

/** Why someone stands at the door. */
export type Reason = 'expired' | 'needed' | 'signedOut';
interface Return {
  path: string;
  reason: Reason;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
const sessionKey = 'phien-lam-viec';
const returnKey = 'quay-lai';

const parse = <T>(text: string | null): Partial<T> | undefined => {
  try {
    return (JSON.parse(text ?? 'null') as Partial<T> | null) ?? undefined;
  } catch {
    return undefined;
  }
};

export function readSession(store: Store = sessionStorage, now = Date.now()): Session | undefined {
  const kept = parse<Session>(store.getItem(sessionKey));
  if (typeof kept?.token !== 'string' || !kept.user || !(Number(kept.endsAt) > now)) return undefined;
  return kept as Session;
}

export function keepSession(answer: Answer<'POST /api/session'>, store: Store = sessionStorage, now = Date.now()): Session {
  const session = { token: answer.accessToken, endsAt: now + answer.expiresIn * 1_000, user: answer.user };
  store.setItem(sessionKey, JSON.stringify(session));
  return session;
}

export const forgetSession = (store: Store = sessionStorage): void => store.removeItem(sessionKey);

/** Somebody was signed in here, though perhaps no longer: tells a session that ran out from a first visit. */
export const hadSession = (store: Store = sessionStorage): boolean => store.getItem(sessionKey) !== null;

/** Where each role works. */
export const homeOf = (role: User['role']): string => {
  if (role === 'seller') return links.sell;
  return role === 'shopper' ? links.home : links.department;
};

/** Only a path of this site: `//evil.example` and `/\evil.example` would leave it. */
export const isOwnPath = (path: unknown): path is string => typeof path === 'string' && /^\/(?![/\\])/.test(path);

/** Remembered in the tab and not in the address, where anybody could write another one. */
export const rememberReturn = (back: Return, store: Store = sessionStorage): void => store.setItem(returnKey, JSON.stringify(back));

export function takeReturn(store: Store = sessionStorage): Return | undefined {
  const back = parse<Return>(store.getItem(returnKey));
  if (!isOwnPath(back?.path) || !back.reason) return undefined;
  return { path: back.path, reason: back.reason };
}
export const forgetReturn = (store: Store = sessionStorage): void => store.removeItem(returnKey);

export function goSignIn(reason: Reason): void {
  forgetSession();
  rememberReturn({ path: location.pathname + location.search + location.hash, reason });
  location.assign(links.signIn);
}

/** While the browser leaves for the sign-in page nothing more may be drawn, so the caller waits for an answer that never comes. */
const leaving = <T>(reason: Reason): Promise<T> => {
  goSignIn(reason);
  return new Promise<T>(() => undefined);
};

/** Calls a route as whoever is signed in; a 401 leads to the sign-in page and back. */
export async function callAs<K extends RouteKey>(key: K, asked: Asked<K>): Promise<Result<Answer<K>>> {
  const session = readSession();
  if (!session) return leaving('expired');
  const answer = await call(key, { ...asked, token: session.token });
  if (!answer.ok && answer.problem.status === 401) return leaving('expired');
  return answer;
}

/** A file for whoever is signed in; a link could not carry the token. */
export async function fetchAs(path: string): Promise<Response> {
  const session = readSession();
  if (!session) return leaving('expired');
  const response = await fetch(path, { headers: { Authorization: `Bearer ${session.token}` } });
  return response.status === 401 ? leaving('expired') : response;
}
