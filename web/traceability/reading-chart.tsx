/** A logger's readings at a glance: the least and the greatest of each stretch of time, beside the limits. */
import { translator } from '../i18n/index.ts';
import { lots } from '../i18n/vi.ts';
import type { Answer } from '../platform/api.ts';
import { formatMoment } from '../platform/format.ts';
import { barOf, placeOf, rangeOf } from './reading-scale.ts';

const t = translator('lots', lots);
export type Readings = Answer<'GET /api/seller/lots/{lot}/readings'>['items'][number];

const height = 96;
const degrees = (value: number): string => `${value.toLocaleString('vi-VN', { maximumFractionDigits: 1 })}°`;

export function ReadingChart({ readings }: { readings: Readings }) {
  const { stretches, limits, from, to } = readings;
  const range = rangeOf(stretches, limits);
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const slot = 100 / Math.max(stretches.length, 12);
  const x = (moment: string) => (end === begin ? 0 : ((Date.parse(moment) - begin) / (end - begin)) * (100 - slot));
  const lines = [limits.min, limits.max].filter((limit) => limit !== undefined);
  return (
    <div class="readings-chart" role="img" aria-label={readings.words}>
      <svg width="36" height={height} aria-hidden="true">
        {[range[1], range[0]].map((value, i) => (
          <text key={value} x="32" y={i === 0 ? 12 : height - 3} text-anchor="end">
            {degrees(value)}
          </text>
        ))}
      </svg>
      <svg class="readings-chart__plot" width="100%" height={height} aria-hidden="true">
        {stretches.map((stretch) => {
          const bar = barOf(stretch, range);
          return (
            <rect
              key={stretch.from}
              class={stretch.beyond > 0 ? 'readings-chart__bar readings-chart__bar--beyond' : 'readings-chart__bar'}
              x={`${x(stretch.from)}%`}
              width={`${slot * 0.8}%`}
              y={`${bar.top}%`}
              height={`${bar.height}%`}
            >
              <title>{`${formatMoment(stretch.from)}: ${degrees(stretch.minC)} – ${degrees(stretch.maxC)}`}</title>
            </rect>
          );
        })}
        {lines.map((limit) => (
          <line
            key={limit}
            class="readings-chart__limit"
            x1="0"
            x2="100%"
            y1={`${placeOf(limit, range)}%`}
            y2={`${placeOf(limit, range)}%`}
          />
        ))}
      </svg>
      <p class="soft small row row--apart readings-chart__times">
        <span>{formatMoment(from)}</span>
        {from !== to && <span>{formatMoment(to)}</span>}
      </p>
      {lines.length > 0 && (
        <p class="soft small readings-chart__times">{t('readingsLimitLine', { limits: lines.map(degrees).join(', ') })}</p>
      )}
    </div>
  );
}
