import type { ComponentChildren } from 'preact';

/** A wide table in a narrow page. What scrolls must be reachable by keyboard (WCAG 2.1.1), hence the tab stop and the name. */
export function TableScroll({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section class="table-scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
