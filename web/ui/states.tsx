/** What a page shows when there is something to say, nothing to show, something on the way, or something wrong. */
import type { ComponentChildren } from 'preact';
import { translator } from '../i18n/index.ts';
import { common } from '../i18n/vi.ts';
import type { Problem } from '../platform/api.ts';

const t = translator('common', common);

export function Notice({ tone = 'info', children }: { tone?: 'info' | 'good' | 'wait' | 'bad'; children: ComponentChildren }) {
  return (
    <div class={tone === 'info' ? 'notice' : `notice notice--${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

interface EmptyProps {
  picture: 'basket' | 'search' | 'orders';
  title: string;
  /** `h1` where the empty state is the whole page. */
  heading?: 'h1' | 'h2';
  children?: ComponentChildren;
}

export function Empty({ picture, title, heading: Heading = 'h2', children }: EmptyProps) {
  return (
    <div class="empty">
      <img src={`/pictures/scene/empty-${picture}.svg`} alt="" width="320" height="240" />
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}

export function Loading({ lines = 3, label = t('loading') }: { lines?: number; label?: string }) {
  return (
    <div class="stack stack--tight" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, i) => (
        <div class="skeleton" key={i} />
      ))}
    </div>
  );
}

/** A sentence for a problem nobody planned for on this page. */
export function sayProblem(problem: Problem): string {
  if (problem.code === 'network') return t('networkProblem');
  if (problem.code === 'rate_limited') return t('rateLimited', { seconds: problem.retryAfterSeconds ?? 60 });
  if (problem.status >= 500) return t('ourProblem');
  return problem.detail || problem.title || t('ourProblem');
}

export function Failure({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  return (
    <div class="stack">
      <Notice tone="bad">
        <p>{sayProblem(problem)}</p>
      </Notice>
      {onRetry && (
        <div>
          <button type="button" class="button button--quiet" onClick={onRetry}>
            {t('tryAgain')}
          </button>
        </div>
      )}
    </div>
  );
}
