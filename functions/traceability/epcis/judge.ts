import { type Finding, finding } from '../../../shared/traceability/epcis/findings.ts';
import type { Print } from './event-store.ts';
import { isDeclaration, type PreparedEvent, sibling } from './prepare.ts';

export interface Verdict {
  /** To be written; those that this capture wrote before it was cut short, too. */
  fresh: PreparedEvent[];
  findings: Finding[];
}

/**
 * Which events are new beside what is recorded. The same event again is no mistake and nothing new; another event under a known ID is a
 * mistake. An error declaration bears the ID of the event it takes back and must otherwise be that event (EPCIS 2.0, 7.4.1.4); it stands
 * beside it. Rows that the capture `ownJob` wrote before it was cut short are written again.
 */
export function judge(events: readonly PreparedEvent[], recorded: ReadonlyMap<string, Print>, ownJob?: string): Verdict {
  const taken = new Map<string, Pick<Print, 'hash' | 'print'>>();
  for (const [ref, print] of recorded) if (print.job !== ownJob) taken.set(ref, print);
  const verdict: Verdict = { fresh: [], findings: [] };
  for (const event of events) {
    const same = taken.get(event.ref);
    const other = taken.get(sibling(event.ref));
    const fault = other && other.hash !== event.hash ? 'sibling' : same && same.print !== event.print ? 'taken' : undefined;
    if (fault) {
      const code = fault === 'sibling' && isDeclaration(event.ref) ? 'declaration_differs' : 'event_id_taken';
      verdict.findings.push(finding(code, `${event.at}/eventID`));
    } else if (!same) {
      taken.set(event.ref, event);
      verdict.fresh.push(event);
    }
  }
  return verdict;
}
