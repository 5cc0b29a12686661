/** The Department's desk: today's revenue at first sight, then from whom, where, which goods. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { businessDay } from '../../shared/platform/time.ts';
import { mountAs } from '../accounts/enter.tsx';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { reports } from '../i18n/vi.ts';
import type { Answer, Problem } from '../platform/api.ts';
import { formatDay, formatDong, formatNumber } from '../platform/format.ts';
import { pollWhileVisible } from '../platform/poll.ts';
import { sayWeight } from '../platform/weight.ts';
import { Chips } from '../ui/Chips.tsx';
import { Empty, Failure, Loading, Notice, sayProblem } from '../ui/states.tsx';
import { CampaignReport } from './campaign-report.tsx';
import { RankBars, TimeBars } from './charts.tsx';
import { sayClock } from './clock.ts';
import { type Figures, fillDays, fillMonths, isTooLongForDays, type Period, type PeriodName, periodOf } from './period.ts';
import { PeriodPicker } from './period-picker.tsx';
import { RevenueTable } from './revenue-table.tsx';

const t = translator('reports', reports);
type Revenue = Answer<'GET /api/reports/revenue'>;

const refreshMs = 10_000;
const groupings = ['day', 'seller', 'commune', 'category', 'payment', 'campaign', 'channel'] as const;
type Grouping = (typeof groupings)[number];
/** A ranking longer than this is read in the table. */
const mostRanked = 12;

interface Asked {
  name: PeriodName;
  period: Period;
  group: Grouping;
}

/** Long periods come by month, and days or months without sales stand there too. */
async function load({ period, group }: Asked) {
  const groupBy = group === 'day' && isTooLongForDays(period) ? 'month' : group;
  const answer = await callAs('GET /api/reports/revenue', { query: { ...period, groupBy } });
  if (!answer.ok) return answer;
  const { rows } = answer.data;
  const filled = groupBy === 'day' ? fillDays(rows, period) : groupBy === 'month' ? fillMonths(rows, period) : rows;
  return { ok: true as const, data: { ...answer.data, rows: filled } };
}

function Totals({ total }: { total: Figures }) {
  return (
    <div class="stack stack--tight">
      <dl class="figures figures--day">
        <div class="figure figure--first">
          <dt>{t('revenue')}</dt>
          <dd>{formatDong(total.revenue)}</dd>
        </div>
        <div class="figure">
          <dt>{t('orders')}</dt>
          <dd>{formatNumber(total.orders)}</dd>
        </div>
        <div class="figure">
          <dt>{t('packages')}</dt>
          <dd>{formatNumber(total.packages)}</dd>
        </div>
        <div class="figure">
          <dt>{t('weight')}</dt>
          <dd>{sayWeight(total.grams)}</dd>
        </div>
      </dl>
      <p class="soft small">
        {t('revenueMeans')} {total.refunded > 0 && `${t('refunded')}: ${formatDong(total.refunded)}.`}
      </p>
    </div>
  );
}

const titleOf = ({ name, period }: Asked): string => {
  if (name === 'custom') return t('customTitle', { from: formatDay(period.from), to: formatDay(period.to) });
  return t(`${name}Title`);
};

function Breakdown({ asked, data, onGroup }: { asked: Asked; data: Revenue | undefined; onGroup: (group: Grouping) => void }) {
  const isByMonth = asked.group === 'day' && isTooLongForDays(asked.period);
  const by = t(isByMonth ? 'by_month' : `by_${asked.group}`);
  const bars = data?.rows.map((r) => ({ key: r.key, label: r.label, value: r.revenue })) ?? [];
  const lower = by.toLocaleLowerCase('vi');
  const top = bars.toSorted((a, b) => b.value - a.value)[0];
  const title = t('chart', { by: lower, top: top?.label ?? '', value: formatDong(top?.value ?? 0) });
  const caption = t('table', { by: lower, from: formatDay(asked.period.from), to: formatDay(asked.period.to) });
  return (
    <section class="card stack">
      <Chips
        label={t('groupBy')}
        options={groupings.map((g) => ({ value: g, label: t(`by_${g}`) }))}
        chosen={asked.group}
        onChoose={onGroup}
      />
      {!data && <Loading lines={5} />}
      {data && (
        <>
          <h2 class="headline">{t('breakdown', { by: lower })}</h2>
          {asked.group === 'day' ? (
            <TimeBars bars={bars} title={title} />
          ) : (
            <RankBars bars={bars.slice(0, mostRanked)} total={data.total.revenue} title={title} />
          )}
          {isByMonth && <p class="soft small">{t('monthsInstead')}</p>}
          {asked.group !== 'day' && bars.length > mostRanked && <p class="soft small">{t('chartMore', { n: mostRanked })}</p>}
          <RevenueTable
            by={by}
            rows={data.rows}
            total={data.total}
            period={asked.period}
            caption={caption}
            mayRepeat={asked.group === 'seller' || asked.group === 'commune' || asked.group === 'category'}
          />
        </>
      )}
    </section>
  );
}

function RevenuePage() {
  const [asked, setAsked] = useState<Asked>(() => ({ name: 'today', period: periodOf('today', businessDay(new Date())), group: 'seller' }));
  const [data, setData] = useState<Revenue>();
  /** What `data` answers: while other rows are on the way the totals of the same period stay. */
  const [answered, setAnswered] = useState<Asked>();
  const [problem, setProblem] = useState<Problem>();
  const turn = useRef(0);
  const today = businessDay(new Date());
  const isLive = asked.period.to === today;

  const show = async (next: Asked) => {
    const mine = ++turn.current;
    setAsked(next);
    setProblem(undefined);
    const answer = await load(next);
    if (mine !== turn.current) return;
    if (!answer.ok) return setProblem(answer.problem);
    setData(answer.data);
    setAnswered(next);
  };
  useEffect(() => void show(asked), []);
  useEffect(() => {
    if (!isLive) return;
    return pollWhileVisible(async () => {
      // After midnight "today" is another day.
      const now = businessDay(new Date());
      await show(asked.name === 'custom' ? asked : { ...asked, period: periodOf(asked.name, now) });
    }, refreshMs);
  }, [asked, isLive]);

  const isSamePeriod = answered?.period.from === asked.period.from && answered.period.to === asked.period.to;
  const shown = isSamePeriod ? data : undefined;
  const isEmpty = shown && shown.total.packages === 0 && shown.total.revenue === 0 && shown.total.refunded === 0;
  return (
    <>
      <div class="stack">
        <div class="row row--apart">
          <h1>{titleOf(asked)}</h1>
          {shown && (
            <p class="soft small as-of">
              {t('asOf', { time: sayClock(shown.asOf) })}
              {isLive && <span class="block">{t('live')}</span>}
            </p>
          )}
        </div>
        <PeriodPicker
          name={asked.name}
          period={asked.period}
          today={today}
          onPick={(name, period) => void show({ ...asked, name, period })}
        />
        {problem && shown && (
          <Notice tone="wait">
            {t('stale', { time: sayClock(shown.asOf) })} {sayProblem(problem)}
          </Notice>
        )}
        {problem && !shown && <Failure problem={problem} onRetry={() => void show(asked)} />}
        {!shown && !problem && <Loading lines={4} />}
        {shown && <Totals total={shown.total} />}
      </div>
      {isEmpty && (
        <Empty picture="orders" title={t(asked.name === 'today' ? 'emptyToday' : 'empty')}>
          {isLive && <p>{t('emptyTodayText')}</p>}
        </Empty>
      )}
      {shown && !isEmpty && (
        <Breakdown
          asked={asked}
          data={answered?.group === asked.group ? shown : undefined}
          onGroup={(group) => void show({ ...asked, group })}
        />
      )}
      <CampaignReport />
      <p class="soft small">{t('demo')}</p>
    </>
  );
}

export const mountRevenue = (): void => mountAs(['department', 'admin'], () => <RevenuePage />);
