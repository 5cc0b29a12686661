/**
 * Two small charts of our own: bars over time, and a ranking. Widths are percentages, so they fit any screen without measuring;
 * the table below them says the same in numbers, so each chart is one image with one sentence for those who do not see it.
 */
import { translator } from '../i18n/index.ts';
import { reports } from '../i18n/vi.ts';
import { formatDong, formatPercent } from '../platform/format.ts';
import { labelEvery, percentOf, shortly, ticks } from './scale.ts';

const t = translator('reports', reports);

export interface Bar {
  key: string;
  label: string;
  value: number;
}

export function sayShortly(dong: number): string {
  const { number, unit } = shortly(dong);
  return unit ? t(`unit_${unit}`, { n: number }) : number;
}

const plotHeight = 180;
const top = 22;
const bottom = 26;
/** Labels under the bars that fit a phone. */
const labelRoom = 7;
/** More values than this over the bars would touch each other on a phone. */
const mostValues = 7;

export function TimeBars({ bars, title }: { bars: readonly Bar[]; title: string }) {
  const axis = ticks(Math.max(0, ...bars.map((b) => b.value)));
  const highest = axis.at(-1) ?? 1;
  const y = (value: number) => top + plotHeight * (1 - percentOf(value, highest) / 100);
  const slot = 100 / bars.length;
  const width = Math.min(slot * 0.72, 18);
  const every = labelEvery(bars.length, labelRoom);
  return (
    <div class="time-bars" role="img" aria-label={title}>
      <svg class="time-bars__axis" width="52" height={top + plotHeight + bottom} aria-hidden="true">
        {axis.map((value) => (
          <text key={value} x="46" y={y(value) + 4} text-anchor="end">
            {sayShortly(value)}
          </text>
        ))}
      </svg>
      <svg width="100%" height={top + plotHeight + bottom} aria-hidden="true">
        {axis.map((value) => (
          <line key={value} class={value === 0 ? 'chart-base' : 'chart-grid'} x1="0" x2="100%" y1={y(value)} y2={y(value)} />
        ))}
        {bars.map((bar, i) => (
          <g key={bar.key}>
            <rect
              class="chart-bar"
              x={`${slot * (i + 0.5) - width / 2}%`}
              width={`${width}%`}
              y={y(bar.value)}
              height={top + plotHeight - y(bar.value)}
            >
              <title>{`${bar.label}: ${formatDong(bar.value)}`}</title>
            </rect>
            {bars.length <= mostValues && bar.value !== 0 && (
              <text class="chart-value" x={`${slot * (i + 0.5)}%`} y={y(bar.value) - 6} text-anchor="middle">
                {sayShortly(bar.value)}
              </text>
            )}
            {i % every === 0 && (
              <text
                class={(i / every) % 2 === 1 ? 'chart-label--second' : undefined}
                x={`${slot * (i + 0.5)}%`}
                y={top + plotHeight + 18}
                text-anchor="middle"
              >
                {bar.label.replace(/\/20(\d\d)$/, bars.length > mostValues || bar.key.length > 7 ? '' : '/$1')}
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}

export function RankBars({ bars, title, total }: { bars: readonly Bar[]; title: string; total: number }) {
  const highest = Math.max(0, ...bars.map((b) => b.value));
  return (
    <div class="rank-bars" role="img" aria-label={title}>
      {bars.map((bar, i) => (
        <div class="rank-bars__row" key={bar.key}>
          <span class="rank-bars__label">{bar.label}</span>
          <svg width="100%" height="20" aria-hidden="true">
            <line class="chart-base" x1="0" x2="0" y1="0" y2="20" />
            <rect
              class={i === 0 ? 'chart-bar' : 'chart-bar chart-bar--other'}
              y="2"
              width={`${percentOf(bar.value, highest)}%`}
              height="16"
            >
              <title>{`${bar.label}: ${formatDong(bar.value)}`}</title>
            </rect>
          </svg>
          <span class="rank-bars__value">
            <strong>{sayShortly(bar.value)}</strong> {total > 0 && <span class="soft">{formatPercent(bar.value / total)}</span>}
          </span>
        </div>
      ))}
    </div>
  );
}
