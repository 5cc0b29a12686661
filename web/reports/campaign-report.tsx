/** What one campaign brought, in all and by channel. */
import { useEffect, useState } from 'preact/hooks';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { reports } from '../i18n/vi.ts';
import { type Answer, call, type Problem } from '../platform/api.ts';
import { formatDay, formatDong, formatNumber } from '../platform/format.ts';
import { sayWeight } from '../platform/weight.ts';
import { SelectField } from '../ui/forms.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { TableScroll } from '../ui/TableScroll.tsx';

const t = translator('reports', reports);
type Report = Answer<'GET /api/reports/campaigns/{slug}'>;

function ByChannel({ report }: { report: Report }) {
  const caption = t('campaignTable', { name: report.name });
  return (
    <TableScroll label={caption}>
      <table class="table table--dense">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('channel')}</th>
            {(['revenue', 'orders', 'weight', 'reach', 'views'] as const).map((name) => (
              <th scope="col" class="number" key={name}>
                {t(name)}
                {name === 'revenue' && ' (₫)'}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.byChannel.map((c) => (
            <tr key={c.channel}>
              <th scope="row">{c.name}</th>
              <td class="number">{formatNumber(c.revenue)}</td>
              <td class="number">{formatNumber(c.orders)}</td>
              <td class="number">{sayWeight(c.gramsSold)}</td>
              <td class="number">{formatNumber(c.reach)}</td>
              <td class="number">{formatNumber(c.views)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

export function CampaignReport() {
  const [campaigns, setCampaigns] = useState<Answer<'GET /api/campaigns'>['items']>();
  const [slug, setSlug] = useState('');
  const [report, setReport] = useState<Report>();
  const [problem, setProblem] = useState<Problem>();

  const load = async (chosen: string) => {
    setSlug(chosen);
    setReport(undefined);
    setProblem(undefined);
    const answer = await callAs('GET /api/reports/campaigns/{slug}', { params: { slug: chosen } });
    if (answer.ok) setReport(answer.data);
    else setProblem(answer.problem);
  };
  useEffect(() => {
    void call('GET /api/campaigns', { query: { limit: 100 } }).then((answer) => {
      if (!answer.ok) return setProblem(answer.problem);
      setCampaigns(answer.data.items);
      if (answer.data.items[0]) void load(answer.data.items[0].slug);
    });
  }, []);

  return (
    <section class="card stack">
      <h2 class="headline">{t('campaigns')}</h2>
      {campaigns?.length === 0 && <p class="soft">{t('campaignNone')}</p>}
      {campaigns && campaigns.length > 0 && (
        <div class="form">
          <SelectField
            id="campaign"
            label={t('campaignPick')}
            options={campaigns.map((c) => ({ value: c.slug, label: `${c.name} (${formatDay(c.startsAt)})` }))}
            value={slug}
            onChange={(e) => void load(e.currentTarget.value)}
          />
        </div>
      )}
      {problem && <Failure problem={problem} onRetry={slug ? () => void load(slug) : undefined} />}
      {!problem && (!campaigns || (slug !== '' && !report)) && <Loading />}
      {report && (
        <>
          <dl class="figures">
            {(
              [
                ['revenue', formatDong(report.revenue)],
                ['orders', formatNumber(report.orders)],
                ['weight', sayWeight(report.gramsSold)],
                ['reach', formatNumber(report.reach)],
                ['views', formatNumber(report.views)],
              ] as const
            ).map(([name, value]) => (
              <div class="figure" key={name}>
                <dt>{t(name)}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {report.byChannel.length > 0 && <ByChannel report={report} />}
          <p class="soft small">{t('campaignMeans')}</p>
        </>
      )}
    </section>
  );
}
