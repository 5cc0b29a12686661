import { setTimeout as wait } from 'node:timers/promises';
import { confirmed, type Difference } from '../../shared/orders/audit.ts';
import { log } from '../platform/log.ts';
import { auditOnce } from './audit-reports.ts';

export type { Difference };

export interface Audited {
  /** Records that tell different things and stay so: something is wrong. */
  differences: Difference[];
  /** Caught in the middle of something in every pass: not judged, the next audit sees. */
  undecided: Difference[];
  counted: Record<string, number>;
}

/** Reports may be five seconds behind (API.md); three passes this far apart give them six. */
const betweenMs = 3_000;
const mostPasses = 6;

/**
 * Recounts everything. One pass suffices when all agrees. On a market that goes on selling a pass may meet an order half read:
 * what differs is looked at again until it agrees, or has stayed as it is over three passes.
 */
export async function audit(clock: () => Date = () => new Date(), pauseMs: number = betweenMs): Promise<Audited> {
  const passes: Difference[][] = [];
  for (;;) {
    const { differences, counted } = await auditOnce(clock());
    passes.push(differences);
    const real = confirmed(passes);
    if (differences.length === real.length || passes.length >= mostPasses) {
      const sure = new Set(real.map(nameOf));
      return { differences: real, undecided: differences.filter((d) => !sure.has(nameOf(d))), counted };
    }
    await wait(pauseMs);
  }
}

const nameOf = ({ check, id }: Difference): string => `${check} ${id}`;

/** Every night. It fails when the books disagree, which wakes a person (infra/aws); each difference is in the log with its ids. */
export const handler = async (): Promise<Omit<Audited, 'differences'>> => {
  const { differences, undecided, counted } = await audit();
  for (const { check, id, expected, found } of differences) log.critical('the books disagree', { check, id, expected, found });
  if (differences.length > 0) throw new Error(`the books disagree in ${differences.length} places`);
  log.info('the books agree', { ...counted, undecided: undecided.length });
  return { undecided, counted };
};
