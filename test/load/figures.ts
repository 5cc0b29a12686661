/** One measured number, and what was promised about it. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** Absent: told for its own sake. */
  target?: { atLeast: number } | { atMost: number };
}

/** What a section found out. Speed is only told; what is in `broken` fails the run, for no machine is slow enough to excuse it. */
export interface Findings {
  figures: Figure[];
  /** Invariants that did not hold: oversold, an order lost, an answer that is not true. */
  broken: string[];
  /** Said below the table. */
  notes?: string[];
}

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);

/** The smallest value that `share` of all values do not exceed; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  return sorted(values)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0;
}

export function median(values: readonly number[]): number {
  const all = sorted(values);
  const middle = all.length / 2;
  return ((all[Math.ceil(middle) - 1] ?? 0) + (all[Math.floor(middle)] ?? 0)) / 2;
}

const rounded = (value: number) => (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

export function isMet({ value, target }: Figure): boolean {
  if (!target) return true;
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
}

function promised({ target }: Figure): string {
  if (!target) return '';
  return 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;
}

/** One line per figure: what, figure, target, ok or missed. */
export function table(figures: readonly Figure[]): string {
  const head = ['what', 'figure', 'target', ''];
  const rows = figures.map((f) => [
    f.what,
    `${rounded(f.value).toLocaleString('en')} ${f.unit}`,
    promised(f),
    f.target ? (isMet(f) ? 'ok' : 'missed') : '',
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
