/** The numbers of the chart, row by row, and as a file. */

import { translator } from '../i18n/index.ts';
import { reports } from '../i18n/vi.ts';
import { formatNumber, formatPercent } from '../platform/format.ts';
import { saveFile } from '../platform/save-file.ts';
import { sayWeight } from '../platform/weight.ts';
import { TableScroll } from '../ui/TableScroll.tsx';
import { csvOf } from './csv.ts';
import type { Figures, Period, Row } from './period.ts';

const t = translator('reports', reports);

interface Props {
  by: string;
  rows: readonly Row[];
  total: Figures;
  period: Period;
  caption: string;
  /** Orders may stand in two rows, so their sum is not the total. */
  mayRepeat: boolean;
}

function downloadCsv({ by, rows, total, period }: Props): void {
  const line = (label: string, f: Figures) => [label, f.orders, f.packages, f.revenue, f.grams / 1_000, f.refunded];
  const csv = csvOf([
    [by, t('orders'), t('packages'), `${t('revenue')} (${t('perDong')})`, `${t('weight')} (kg)`, `${t('refunded')} (${t('perDong')})`],
    ...rows.map((r) => line(r.label, r)),
    line(t('total'), total),
  ]);
  saveFile(new Blob([csv], { type: 'text/csv;charset=utf-8' }), `${t('csvName')}-${period.from}-${period.to}.csv`);
}

export function RevenueTable(props: Props) {
  const { by, rows, total, caption, mayRepeat } = props;
  const cells = (f: Figures, isTotal = false) => (
    <>
      <td class="number">{formatNumber(f.revenue)}</td>
      <td class="number">{isTotal || total.revenue <= 0 || f.revenue === 0 ? '' : formatPercent(f.revenue / total.revenue)}</td>
      <td class="number">{formatNumber(f.orders)}</td>
      <td class="number">{formatNumber(f.packages)}</td>
      <td class="number">{sayWeight(f.grams)}</td>
    </>
  );
  return (
    <div class="stack">
      <TableScroll label={caption}>
        <table class="table table--dense">
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{by}</th>
              <th scope="col" class="number">
                {t('revenue')} (₫)
              </th>
              <th scope="col" class="number">
                {t('share')}
              </th>
              <th scope="col" class="number">
                {t('orders')}
              </th>
              <th scope="col" class="number">
                {t('packages')}
              </th>
              <th scope="col" class="number">
                {t('weight')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.label}</th>
                {cells(row)}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('total')}</th>
              {cells(total, true)}
            </tr>
          </tfoot>
        </table>
      </TableScroll>
      {mayRepeat && <p class="soft small">{t('totalNote')}</p>}
      <div>
        <button type="button" class="button button--quiet button--small" onClick={() => downloadCsv(props)}>
          {t('csv')}
        </button>
      </div>
    </div>
  );
}
