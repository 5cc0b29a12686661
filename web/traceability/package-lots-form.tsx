/** On a package's card: from which lots it is filled and, if the seller likes, which boxes lie in it. */
import { useState } from 'preact/hooks';
import type { PackageStatus } from '../../shared/orders/lifecycle.ts';
import { carriesLots } from '../../shared/traceability/package-lots.ts';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { packageLots, workspace } from '../i18n/vi.ts';
import type { Answer, Problem } from '../platform/api.ts';
import { formatDay, formatNumber } from '../platform/format.ts';
import { links } from '../platform/links.ts';
import { SelectField, TextArea } from '../ui/forms.tsx';
import { Loading, Notice, sayProblem } from '../ui/states.tsx';
import { lotPath } from './lot-download.ts';
import { type LineLot, lotsFor, namedLots, wrongSerials } from './package-lots.ts';

const t = translator('packageLots', packageLots);
const tWork = translator('workspace', workspace);

type Lot = Answer<'GET /api/seller/lots'>['items'][number];

interface Package {
  code: string;
  status: PackageStatus;
  lines: readonly { sku: string; name: string; quantity: number }[];
}

/** A stall fills packages from the lots of the last weeks: one page of the API's largest size is enough to choose from. */
const recentLots = () => callAs('GET /api/seller/lots', { query: { limit: 100 } });

function Line({
  code,
  name,
  lots,
  line,
  refusal,
  onChange,
}: {
  code: string;
  name: string;
  lots: readonly Lot[];
  line: LineLot;
  refusal: string | undefined;
  onChange: (line: LineLot) => void;
}) {
  const choices = lotsFor(line.sku, lots);
  if (choices.length === 0)
    return (
      <p class="small">
        {t('none', { product: name })} <a href={`${links.sell}lo-hang/`}>{t('noneLink')}</a>
      </p>
    );
  return (
    <div class="stack stack--tight">
      <SelectField
        id={`lot-${code}-${line.sku}`}
        label={t('choose', { product: name })}
        options={[
          { value: '', label: t('chooseNone') },
          ...choices.map((lot) => ({ value: lotPath(lot), label: `${lot.lot} (${formatDay(lot.harvestedOn)})` })),
        ]}
        value={line.lot}
        onChange={(e) => onChange({ ...line, lot: e.currentTarget.value })}
      />
      {line.lot && (
        <TextArea
          id={`serials-${code}-${line.sku}`}
          label={t('serials')}
          hint={t('serialsHint')}
          optional
          rows={2}
          value={line.serials}
          error={refusal}
          onInput={(e) => onChange({ ...line, serials: e.currentTarget.value })}
        />
      )}
    </div>
  );
}

function Form({ pkg, onDone }: { pkg: Package; onDone: (saved: string | undefined) => void }) {
  const [lots, setLots] = useState<Lot[]>();
  const [problem, setProblem] = useState<Problem>();
  const [word, setWord] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [refusals, setRefusals] = useState<Record<string, string>>({});
  const [lines, setLines] = useState<LineLot[]>(() => pkg.lines.map(({ sku, quantity }) => ({ sku, quantity, lot: '', serials: '' })));
  const [isAsked, setIsAsked] = useState(false);
  if (!isAsked) {
    setIsAsked(true);
    void recentLots().then((answer) => (answer.ok ? setLots(answer.data.items) : setProblem(answer.problem)));
  }

  const sayWrong = (line: LineLot): string | undefined => {
    const wrong = wrongSerials(line);
    if (!wrong) return undefined;
    return 'text' in wrong ? t('serialsWrong', { text: wrong.text }) : t('serialsMany', { n: formatNumber(wrong.most) });
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    setWord('');
    setProblem(undefined);
    const wrong = Object.fromEntries(lines.flatMap((line) => (sayWrong(line) ? [[line.sku, sayWrong(line) ?? '']] : [])));
    setRefusals(wrong);
    if (Object.keys(wrong).length > 0) return;
    const body = { lots: namedLots(lines) };
    if (body.lots.length === 0) return setWord(t('nothing'));
    setIsBusy(true);
    const answer = await callAs('PUT /api/seller/orders/{code}/lots', { params: { code: pkg.code }, body });
    setIsBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    onDone(answer.data.lots.map(({ lot }) => lot).join(', '));
  };
  return (
    <form class="stack" noValidate onSubmit={(e) => void submit(e)}>
      <p class="soft small">{t('lead')}</p>
      {!lots && !problem && <Loading lines={2} />}
      {lots &&
        lines.map((line, i) => (
          <Line
            key={line.sku}
            code={pkg.code}
            name={pkg.lines[i]?.name ?? line.sku}
            lots={lots}
            line={line}
            refusal={refusals[line.sku]}
            onChange={(changed) => setLines(lines.map((other) => (other.sku === line.sku ? changed : other)))}
          />
        ))}
      {word && <Notice tone="wait">{word}</Notice>}
      {problem && <Notice tone="bad">{sayProblem(problem)}</Notice>}
      <div class="row">
        <button type="submit" class="button button--small" disabled={isBusy || !lots}>
          {t('save')}
        </button>
        <button type="button" class="button button--plain button--small" onClick={() => onDone(undefined)}>
          {tWork('cancel')}
        </button>
      </div>
    </form>
  );
}

/** Nothing for packages that carry nothing to anybody: not paid yet, cancelled, returned. */
export function PackageLotsForm({ pkg }: { pkg: Package }) {
  const [isOpen, setIsOpen] = useState(false);
  const [saved, setSaved] = useState<string>();
  if (!carriesLots(pkg.status)) return null;
  if (isOpen)
    return (
      <Form
        pkg={pkg}
        onDone={(lots) => {
          setIsOpen(false);
          if (lots !== undefined) setSaved(lots);
        }}
      />
    );
  return (
    <div class="stack stack--tight no-print">
      {saved && <Notice tone="good">{t('saved', { lots: saved })}</Notice>}
      <div>
        <button
          type="button"
          class="button button--plain button--small"
          aria-label={t('openFor', { code: pkg.code })}
          onClick={() => setIsOpen(true)}
        >
          {t('open')}
        </button>
      </div>
    </div>
  );
}
