/**
 * Asks for a campaign's snapshot again and again, as gently as four million viewers must: nothing while nobody looks, an ETag so that
 * an unchanged snapshot has no body, longer pauses when the market does not answer, and none at all once the campaign has ended.
 */
import type { LiveSnapshot } from '../../shared/campaigns/contract.ts';

export const usualMs = 2_000;
const longestMs = 30_000;
/** Before the start nothing changes but the clock. */
const scheduledMs = 10_000;
const soonMs = 60_000;

/** @param chance 0–1, so that viewers whom one hiccup has cut off do not all come back in the same instant */
export function pauseAfter(
  failures: number,
  snapshot: Pick<LiveSnapshot, 'status'> | undefined,
  untilStartMs: number,
  chance: number,
): number | undefined {
  if (failures > 0) return Math.min(longestMs, usualMs * 2 ** failures) * (0.5 + chance / 2);
  if (snapshot?.status === 'ended') return undefined;
  return snapshot?.status === 'scheduled' && untilStartMs > soonMs ? scheduledMs : usualMs;
}

interface Watching {
  slug: string;
  startsAt: string;
  onSnapshot: (snapshot: LiveSnapshot) => void;
  onConnection: (isFine: boolean) => void;
}

/** One failed answer is a hiccup; only the second is told. */
const toldAfter = 2;

export function watchLive({ slug, startsAt, onSnapshot, onConnection }: Watching): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let etag: string | undefined;
  let last: LiveSnapshot | undefined;
  let failures = 0;
  let isAsking = false;
  let isOver = false;

  const ask = async () => {
    clearTimeout(timer);
    if (isAsking || isOver || document.hidden) return;
    isAsking = true;
    try {
      const response = await fetch(`/api/campaigns/${encodeURIComponent(slug)}/live`, { headers: etag ? { 'If-None-Match': etag } : {} });
      if (!response.ok && response.status !== 304) throw new Error(String(response.status));
      if (response.status !== 304) {
        last = (await response.json()) as LiveSnapshot;
        etag = response.headers.get('ETag') ?? undefined;
        onSnapshot(last);
      }
      if (failures >= toldAfter) onConnection(true);
      failures = 0;
    } catch {
      failures += 1;
      if (failures === toldAfter) onConnection(false);
    }
    isAsking = false;
    const pause = pauseAfter(failures, last, Date.parse(startsAt) - Date.now(), Math.random());
    if (pause !== undefined && !isOver) timer = setTimeout(() => void ask(), pause);
  };
  const wake = () => void ask();
  document.addEventListener('visibilitychange', wake);
  void ask();
  return () => {
    isOver = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', wake);
  };
}
