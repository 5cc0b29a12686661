import { Agent, request } from 'node:http';
import { percentile } from './figures.ts';

export interface Answer {
  status: number;
  text: string;
}

/** All of a request but where it goes, made before the clock runs. */
export interface Request {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export const jsonRequest = (method: string, path: string, body: unknown, headers: Record<string, string> = {}): Request => {
  const text = JSON.stringify(body);
  return {
    method,
    path,
    headers: { ...headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) },
    body: text,
  };
};

/**
 * Sends requests over kept connections. Not `fetch`: that costs about as much processor time as the market itself, and here both
 * share a machine.
 */
export function openClient(origin: string, sockets: number) {
  const { hostname, port } = new URL(origin);
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const send = ({ method, path, headers, body }: Request): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const outgoing = request({ hostname, port, agent, method, path, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
        answer.on('error', reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return { send, close: () => agent.destroy() };
}
export type Client = ReturnType<typeof openClient>;

export interface Run<T> {
  answers: T[];
  /** How long each call took. */
  milliseconds: number[];
  seconds: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Makes `count` calls, `atOnce` at a time: each of so many callers asks again as soon as it is answered. */
export async function drive<T>(count: number, atOnce: number, call: (n: number) => Promise<T>): Promise<Run<T>> {
  const milliseconds: number[] = [];
  const answers: T[] = [];
  let next = 0;
  const began = performance.now();
  const caller = async () => {
    for (let n = next++; n < count; n = next++) {
      const before = performance.now();
      answers[n] = await call(n);
      milliseconds.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, caller));
  const seconds = (performance.now() - began) / 1_000;
  return {
    answers,
    milliseconds,
    seconds,
    perSecond: count / seconds,
    p50Ms: percentile(milliseconds, 0.5),
    p99Ms: percentile(milliseconds, 0.99),
  };
}
