/** What the seller has earned, what was withheld for the tax office, and why. */
import { useEffect, useState } from 'preact/hooks';
import { addDays, businessDay } from '../../shared/platform/time.ts';
import { mountAs } from '../accounts/enter.tsx';
import { callAs, type User } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { ledger } from '../i18n/vi.ts';
import { type Answer, call, type Problem } from '../platform/api.ts';
import { formatDay, formatDong, formatMoment, formatNumber } from '../platform/format.ts';
import { Chips } from '../ui/Chips.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { TableScroll } from '../ui/TableScroll.tsx';
import { type LedgerDay, ledgerDays } from './ledger-days.ts';

const t = translator('ledger', ledger);
type Ledger = Answer<'GET /api/seller/ledger'>;
const spans = [7, 31, 90] as const;
type Span = (typeof spans)[number];

function Sums({ total }: { total: Ledger['total'] }) {
  const tax = total.vatWithheld + total.pitWithheld;
  return (
    <dl class="figures">
      <div class="figure figure--first">
        <dt>{t('total_net')}</dt>
        <dd>{formatDong(total.net)}</dd>
      </div>
      <div class="figure">
        <dt>{t('total_sales')}</dt>
        <dd>{formatDong(total.sales)}</dd>
      </div>
      <div class="figure">
        <dt>{t('total_shipping')}</dt>
        <dd>{formatDong(total.shipping)}</dd>
      </div>
      <div class="figure">
        <dt>{t('total_tax')}</dt>
        <dd>{tax === 0 ? formatDong(0) : `−${formatDong(tax)}`}</dd>
      </div>
    </dl>
  );
}

const minus = (amount: number): string => (amount > 0 ? `−${formatNumber(amount)}` : formatNumber(-amount || 0));

function DayTable({ days, from, to, hasTax }: { days: readonly LedgerDay[]; from: string; to: string; hasTax: boolean }) {
  return (
    <TableScroll label={t('caption', { from: formatDay(from), to: formatDay(to) })}>
      <table class="table table--cards">
        <caption class="visually-hidden">{t('caption', { from: formatDay(from), to: formatDay(to) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('day')}</th>
            <th scope="col" class="number">
              {t('orders')}
            </th>
            <th scope="col" class="number">
              {t('sales')} (₫)
            </th>
            <th scope="col" class="number">
              {t('shipping')} (₫)
            </th>
            {hasTax && (
              <>
                <th scope="col" class="number">
                  {t('vat')} (₫)
                </th>
                <th scope="col" class="number">
                  {t('pit')} (₫)
                </th>
              </>
            )}
            <th scope="col" class="number">
              {t('net')} (₫)
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map((d) => (
            <tr key={d.day}>
              <th scope="row" data-label={t('day')}>
                {formatDay(d.day)}
              </th>
              <td class="number" data-label={t('orders')}>
                {d.orders}
              </td>
              <td class="number" data-label={t('sales')}>
                {formatNumber(d.sales)}
              </td>
              <td class="number" data-label={t('shipping')}>
                {formatNumber(d.shipping)}
              </td>
              {hasTax && (
                <>
                  <td class="number" data-label={t('vat')}>
                    {minus(d.vat)}
                  </td>
                  <td class="number" data-label={t('pit')}>
                    {minus(d.pit)}
                  </td>
                </>
              )}
              <td class="number" data-label={t('net')}>
                <strong>{formatNumber(d.net)}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function Lines({ days }: { days: readonly LedgerDay[] }) {
  return (
    <details class="fold card">
      <summary>{t('details')}</summary>
      <ul class="ledger-lines">
        {days.flatMap((d) =>
          d.items.map((i) => (
            <li key={i.id}>
              <span>
                {i.note}
                <span class="soft small block">
                  {i.orderCode} · {formatMoment(i.at)}
                </span>
              </span>
              <span class={i.amount < 0 ? 'ledger-lines__out' : undefined}>
                {i.amount < 0 ? `−${formatDong(-i.amount)}` : formatDong(i.amount)}
              </span>
            </li>
          )),
        )}
      </ul>
    </details>
  );
}

function LedgerPage({ user }: { user: User }) {
  const [span, setSpan] = useState<Span>(31);
  const [isHousehold, setIsHousehold] = useState<boolean>();
  const [data, setData] = useState<Ledger>();
  const [problem, setProblem] = useState<Problem>();

  const load = async (days: Span) => {
    setSpan(days);
    setData(undefined);
    setProblem(undefined);
    const to = businessDay(new Date());
    const answer = await callAs('GET /api/seller/ledger', { query: { from: addDays(to, 1 - days), to } });
    if (answer.ok) setData(answer.data);
    else setProblem(answer.problem);
  };
  useEffect(() => {
    void load(31);
    if (user.sellerSlug)
      void call('GET /api/sellers/{slug}', { params: { slug: user.sellerSlug } }).then(
        (a) => a.ok && setIsHousehold(a.data.legalType === 'household' || a.data.legalType === 'individual'),
      );
  }, []);

  const days = data ? ledgerDays(data.items) : [];
  return (
    <>
      <div class="read">
        <h1>{t('title')}</h1>
        <p class="soft">{t('lead')}</p>
      </div>
      <Chips
        label={t('period')}
        options={spans.map((s) => ({ value: s, label: t(`days_${s}`) }))}
        chosen={span}
        onChoose={(s) => void load(s)}
      />
      {problem && <Failure problem={problem} onRetry={() => void load(span)} />}
      {!data && !problem && <Loading lines={6} />}
      {data && <Sums total={data.total} />}
      {isHousehold !== undefined && <p class="notice read">{t(isHousehold ? 'taxHousehold' : 'taxOrganisation')}</p>}
      {data && days.length === 0 && (
        <Empty picture="basket" title={t('empty')}>
          <p>{t('emptyText')}</p>
        </Empty>
      )}
      {data && days.length > 0 && (
        <>
          <div class="card">
            <DayTable days={days} from={data.from} to={data.to} hasTax={isHousehold === true || data.total.vatWithheld !== 0} />
          </div>
          <Lines days={days} />
        </>
      )}
    </>
  );
}

export const mountLedger = (): void => mountAs(['seller'], (user) => <LedgerPage user={user} />);
