/** The cold chain of one lot: hand in a logger's file, see what it told; asked for only when somebody wants to know. */
import { useMemo, useState } from 'preact/hooks';
import { callAs, fetchAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { common, lots, workspace } from '../i18n/vi.ts';
import type { Problem } from '../platform/api.ts';
import { formatMoment, formatNumber } from '../platform/format.ts';
import { saveFile } from '../platform/save-file.ts';
import { TextField } from '../ui/forms.tsx';
import { Failure, Loading, Notice, sayProblem } from '../ui/states.tsx';
import { lotPath } from './lot-download.ts';
import { keyKeeper, type Lot } from './lot-draft.ts';
import { ReadingChart, type Readings } from './reading-chart.tsx';
import { parseDegrees } from './reading-scale.ts';

const t = translator('lots', lots);
const tCommon = translator('common', common);
const tWork = translator('workspace', workspace);

/** What the market said of the file: its lines by their numbers, a few of them. */
const mostLines = 5;
function sayLines({ errors }: Problem): string[] {
  const said = errors.map(({ path, message }) => {
    const line = /^body:(\d+)$/.exec(path)?.[1];
    return line ? t('readingsLine', { n: line, text: message }) : message;
  });
  return said.length > mostLines ? [...said.slice(0, mostLines), t('readingsMoreLines', { n: said.length - mostLines })] : said;
}

function SendForm({ lot, onSent }: { lot: Lot; onSent: (readings: Readings) => void }) {
  const [min, setMin] = useState('');
  const [max, setMax] = useState('');
  const [refusal, setRefusal] = useState<string[]>([]);
  const [isBusy, setIsBusy] = useState(false);
  const keys = useMemo(() => keyKeeper(), []);
  const send = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (!file) return;
    const content = await file.text().catch(() => undefined);
    input.value = '';
    const [least, most] = [min, max].map((text) => (text.trim() === '' ? undefined : parseDegrees(text)));
    if ((min.trim() !== '' && least === undefined) || (max.trim() !== '' && most === undefined))
      return setRefusal([t('readingsLimitWrong')]);
    if (content === undefined) return setRefusal([tCommon('ourProblem')]);
    setRefusal([]);
    setIsBusy(true);
    const answer = await callAs('POST /api/seller/lots/{lot}/readings', {
      params: { lot: lotPath(lot) },
      query: { ...(least === undefined ? {} : { min: least }), ...(most === undefined ? {} : { max: most }) },
      // Phones name the type of a CSV file in many ways.
      body: new Blob([file], { type: 'text/csv' }),
      idempotencyKey: keys.keyFor([lotPath(lot), least, most, content]),
    });
    setIsBusy(false);
    if (!answer.ok) {
      if (answer.problem.code !== 'network') keys.answered();
      const lines = sayLines(answer.problem);
      return setRefusal(lines.length > 0 ? lines : [sayProblem(answer.problem)]);
    }
    keys.answered();
    onSent(answer.data);
  };
  const id = `${lot.gtin}-${lot.lot}`;
  return (
    <div class="stack stack--tight">
      <p class="soft small">{t('readingsHelp')}</p>
      <div class="readings-limits">
        <TextField
          id={`min-${id}`}
          label={t('readingsMin')}
          inputMode="text"
          autocomplete="off"
          placeholder="2"
          value={min}
          onInput={(e) => setMin(e.currentTarget.value)}
        />
        <TextField
          id={`max-${id}`}
          label={t('readingsMax')}
          inputMode="text"
          autocomplete="off"
          placeholder="8"
          value={max}
          onInput={(e) => setMax(e.currentTarget.value)}
        />
      </div>
      <label class="button button--quiet button--small lot-photos__add">
        {t(isBusy ? 'readingsSending' : 'readingsAdd')}
        <input
          type="file"
          class="visually-hidden"
          accept=".csv,.txt,text/csv"
          disabled={isBusy}
          aria-label={t('readingsAddFor', { lot: lot.lot })}
          onChange={(e) => void send(e.currentTarget)}
        />
      </label>
      {refusal.length > 0 && (
        <Notice tone="bad">
          {refusal.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      )}
    </div>
  );
}

function Told({ lot, readings }: { lot: Lot; readings: Readings }) {
  const [word, setWord] = useState('');
  const download = async () => {
    const response = await fetchAs(`/api/seller/lots/${encodeURIComponent(lotPath(lot))}/readings/${readings.id}`).catch(() => undefined);
    if (!response?.ok) return setWord(tCommon('networkProblem'));
    saveFile(await response.blob(), `nhiet-do-${lot.lot}.csv`);
  };
  const names = [...readings.devices, ...readings.places];
  return (
    <li class="stack stack--tight">
      <Notice tone={readings.isAlarm ? 'bad' : 'good'}>{readings.words}</Notice>
      <ReadingChart readings={readings} />
      <p class="soft small">
        {t('readingsCount', { n: formatNumber(readings.readings), when: formatMoment(readings.recordedAt) })}
        {readings.gaps > 0 && ` ${t('readingsGaps', { n: formatNumber(readings.gaps) })}`}
        {names.length > 0 && <span class="block">{names.join(' · ')}</span>}
      </p>
      <div>
        <button
          type="button"
          class="button button--plain button--small"
          aria-label={t('readingsFileFor', { when: formatMoment(readings.recordedAt), lot: lot.lot })}
          onClick={() => void download()}
        >
          {t('readingsFile')}
        </button>
      </div>
      {word && <Notice tone="wait">{word}</Notice>}
    </li>
  );
}

export function LotReadings({ lot }: { lot: Lot }) {
  const [list, setList] = useState<Readings[]>();
  const [cursor, setCursor] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const load = async (from?: string) => {
    setProblem(undefined);
    const query = { limit: 5, ...(from && { cursor: from }) };
    const answer = await callAs('GET /api/seller/lots/{lot}/readings', { params: { lot: lotPath(lot) }, query });
    if (!answer.ok) return setProblem(answer.problem);
    setList((before) => [...(from ? (before ?? []) : []), ...answer.data.items]);
    setCursor(answer.data.nextCursor);
  };
  return (
    <details
      class="fold"
      onToggle={(e) => {
        if (e.currentTarget.open && !list) void load();
      }}
    >
      <summary aria-label={t('readingsFor', { lot: lot.lot })}>{t('readings')}</summary>
      <div class="stack">
        <SendForm lot={lot} onSent={(one) => setList((before) => [one, ...(before ?? []).filter(({ id }) => id !== one.id)])} />
        {problem && <Failure problem={problem} onRetry={() => void load(cursor)} />}
        {!list && !problem && <Loading />}
        {list?.length === 0 && <p class="soft">{t('readingsNone')}</p>}
        {list && list.length > 0 && (
          <ul class="readings">
            {list.map((readings) => (
              <Told key={readings.id} lot={lot} readings={readings} />
            ))}
          </ul>
        )}
        {cursor && (
          <button type="button" class="button button--quiet button--small" onClick={() => void load(cursor)}>
            {tWork('loadMore')}
          </button>
        )}
      </div>
    </details>
  );
}
