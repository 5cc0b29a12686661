import { randomUUID } from 'node:crypto';
import type { LoadedFunction } from './functions.ts';
import { messageOf } from './say.ts';

/**
 * Runs the functions that AWS wakes by the clock. What is due every minute there runs every second here, so that a payment window of
 * two seconds ends visibly; a run that takes longer is not overtaken by the next.
 */
export function startSchedules(functions: readonly LoadedFunction[], onDone: () => void) {
  const running = new Set<Promise<void>>();
  const timers = functions.flatMap((fn) => {
    const { trigger, name } = fn.spec;
    if (trigger.kind !== 'schedule') return [];
    let isBusy = false;
    const once = async () => {
      try {
        await fn.invoke({
          id: randomUUID(),
          source: 'aws.events',
          'detail-type': 'Scheduled Event',
          time: new Date().toISOString(),
          resources: [name],
          detail: {},
        });
        onDone();
      } catch (error) {
        console.error(JSON.stringify({ level: 'ERROR', function: name, message: messageOf(error), stack: (error as Error)?.stack }));
      }
    };
    const everyMs = trigger.everySeconds <= 60 ? 1_000 : trigger.everySeconds * 1_000;
    const timer = setInterval(() => {
      if (isBusy) return;
      isBusy = true;
      const run = once().finally(() => {
        isBusy = false;
        running.delete(run);
      });
      running.add(run);
    }, everyMs);
    return [timer];
  });
  return {
    async stop(): Promise<void> {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}
