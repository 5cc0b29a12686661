/** The answer to the question that `early.ts` asked before this script was there; once, for the page asks anew when another code is typed. */
import type {} from './early.ts';
import type { Code } from './typed-code.ts';

export const tracePath = ({ gtin, serial }: Code): string => `/api/trace/${encodeURIComponent(gtin)}/${encodeURIComponent(serial)}`;

export async function takeEarly(): Promise<Response | undefined> {
  const { earlyTrace } = window;
  window.earlyTrace = undefined;
  return earlyTrace;
}
