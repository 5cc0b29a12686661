/**
 * Runs again and again while somebody looks at the page; a phone in a pocket costs neither battery nor requests.
 * The next run is planned after the last one has ended, so a slow answer never meets the following question.
 */
export function pollWhileVisible(run: () => Promise<void>, everyMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = false;
  let isOver = false;
  const plan = () => {
    clearTimeout(timer);
    if (!isOver && !document.hidden) timer = setTimeout(() => void tick(), everyMs);
  };
  const tick = async () => {
    if (isRunning || isOver || document.hidden) return;
    isRunning = true;
    await run();
    isRunning = false;
    plan();
  };
  const wake = () => void tick();
  document.addEventListener('visibilitychange', wake);
  plan();
  return () => {
    isOver = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', wake);
  };
}
