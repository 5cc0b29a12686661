/** What a code says: the verdict first and large, then the goods, the road they came, the papers. */
import { useState } from 'preact/hooks';
import { translator } from '../i18n/index.ts';
import { trace as texts } from '../i18n/vi.ts';
import { formatDay, formatMoment, formatNumber, formatWeight } from '../platform/format.ts';
import { links } from '../platform/links.ts';
import { saySerial, sevenItems, type Trace } from './seven-items.ts';

const t = translator('trace', texts);
const tones = { active: 'good', recalled: 'bad', never_issued: 'bad' } as const;
const words = { active: 'activeText', recalled: 'recalledText', never_issued: 'neverText' } as const;
/** From here on a scan of an unopened package is worth a doubt. */
const doubtfulScans = 5;

function Verdict({ trace }: { trace: Trace }) {
  return (
    <section class={`verdict verdict--${tones[trace.state]}`} role="status">
      <p class="verdict__mark" aria-hidden="true">
        {trace.state === 'active' ? '✓' : '!'}
      </p>
      <div>
        <h1>{t(`state_${trace.state}`)}</h1>
        <p>{t(words[trace.state])}</p>
        <p class="small">{t('codeIs', { code: saySerial(trace.serial) })}</p>
      </div>
    </section>
  );
}

function Goods({ trace }: { trace: Trace }) {
  const { product, seller, lot } = trace;
  if (!product) return null;
  return (
    <section class="card traced">
      {product.image && <img src={product.image} alt="" width="160" height="160" />}
      <div class="stack stack--tight">
        <h2>{product.name}</h2>
        <p class="soft">
          {product.variant}, {formatWeight(product.netWeightGrams)}
        </p>
        {seller && (
          <p>
            <a href={links.seller(seller.slug)}>{seller.name}</a>
            <span class="soft small block">{seller.address}</span>
          </p>
        )}
        {lot && (
          <p>
            <strong>{t('harvestedOn', { day: formatDay(lot.harvestedOn) })}</strong>
            {lot.plantingAreaCode && <span class="soft small block">{t('area', { code: lot.plantingAreaCode })}</span>}
          </p>
        )}
        {trace.state === 'active' && (
          <a class="button" href={links.product(product.slug)}>
            {t('buyAgain')}
          </a>
        )}
      </div>
    </section>
  );
}

/** Steps without a name of ours yet (a carrier, a pack house) show their sentence alone. */
const stepName = (step: string): string | undefined => {
  const key = `step_${step}`;
  return key in texts ? t(key as 'step_coded') : undefined;
};

function Journey({ trace }: { trace: Trace }) {
  if (trace.journey.length === 0) return null;
  const last = trace.journey.length - 1;
  return (
    <section class="card stack">
      <h2 class="headline">{t('journey')}</h2>
      <ol class="timeline">
        {trace.journey.map((step, i) => (
          <li key={step.at + step.step} class={step.step === 'recalled' ? 'is-now' : i === last ? 'is-now' : 'is-done'}>
            {stepName(step.step) && <strong class="block">{stepName(step.step)}</strong>}
            {step.text}
            <span class="soft small block">
              {step.step === 'harvested' ? formatDay(step.at) : formatMoment(step.at)}
              {step.place && ` · ${step.place}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Papers({ trace }: { trace: Trace }) {
  return (
    <section class="card stack">
      <h2 class="headline">{t('certificates')}</h2>
      {trace.certificates.length === 0 && <p class="soft">{t('noCertificates')}</p>}
      <ul class="papers">
        {trace.certificates.map((c) => (
          <li key={c.kind + c.number}>
            <span>
              <strong>{c.kind}</strong>
              <span class="soft small block">{t('certNumber', { number: c.number })}</span>
            </span>
            <span class={c.valid ? 'badge badge--good' : 'badge badge--bad'}>
              {c.validUntil ? t(c.valid ? 'certValid' : 'certOver', { day: formatDay(c.validUntil) }) : t('certNoEnd')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Scans({ trace }: { trace: Trace }) {
  const { count, firstAt } = trace.scans;
  if (count === 0 || trace.state === 'never_issued') return null;
  return (
    <p class={count >= doubtfulScans ? 'notice notice--wait' : 'notice'}>
      {count === 1 || !firstAt ? t('scansOne') : t('scansMany', { n: formatNumber(count), moment: formatMoment(firstAt) })}
      {count >= doubtfulScans && <span class="block">{t('scansDoubt')}</span>}
    </p>
  );
}

/** No mailbox of the market is connected, so nothing is sent from here: the words are made ready and say where to take them. */
function Doubt({ trace }: { trace: Trace }) {
  const [text, setText] = useState(() => t('doubtBody', { gtin: trace.gtin, serial: trace.serial, state: t(`state_${trace.state}`) }));
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
  };
  return (
    <details class="card fold" open={trace.state === 'never_issued'}>
      <summary>{t('doubt')}</summary>
      <div class="stack">
        <p>{t('doubtText')}</p>
        <textarea class="input" rows={5} aria-label={t('doubtLabel')} value={text} onInput={(e) => setText(e.currentTarget.value)} />
        <div class="row">
          <button type="button" class="button button--quiet" onClick={() => void copy()}>
            {t('copy')}
          </button>
          <span role="status">{isCopied ? t('copied') : ''}</span>
        </div>
      </div>
    </details>
  );
}

export function TraceView({ trace, onAnother }: { trace: Trace; onAnother: () => void }) {
  const isOurs = trace.state !== 'never_issued';
  // The verdict has already said what the market's own sentence for this state says.
  const warnings = isOurs ? trace.warnings : [];
  return (
    <div class="stack trace">
      <Verdict trace={trace} />
      {warnings.map((w) => (
        <p class="notice notice--bad" key={w}>
          {w}
        </p>
      ))}
      {!isOurs && (
        <section class="card stack">
          <h2 class="headline">{t('todo')}</h2>
          <ol class="todo">
            <li>{t('todo1')}</li>
            <li>{t('todo2')}</li>
            <li>{t('todo3')}</li>
          </ol>
        </section>
      )}
      <Scans trace={trace} />
      <Goods trace={trace} />
      {isOurs && <Journey trace={trace} />}
      {isOurs && <Papers trace={trace} />}
      {isOurs && (
        <section class="card stack">
          <h2 class="headline">{t('seven')}</h2>
          <dl class="seven">
            {sevenItems(trace).map((item) => (
              <div key={item.name}>
                <dt>{item.name}</dt>
                <dd>{item.value}</dd>
              </div>
            ))}
          </dl>
          <p class="soft small">{t('sevenLaw')}</p>
        </section>
      )}
      <Doubt trace={trace} />
      <div>
        <button type="button" class="button button--quiet" onClick={onAnother}>
          {t('another')}
        </button>
      </div>
    </div>
  );
}
