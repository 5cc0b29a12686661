/** What a code says: the verdict first and large with its reasons, then the goods, the road they came, the papers. */
import { translator } from '../i18n/index.ts';
import { trace as texts } from '../i18n/vi.ts';
import { formatDay, formatWeight } from '../platform/format.ts';
import { links } from '../platform/links.ts';
import { DoubtForm } from './doubt-form.tsx';
import { Road } from './road.tsx';
import { saySerial, sevenItems, type Trace } from './seven-items.ts';

const t = translator('trace', texts);
const tones: Record<Trace['state'], 'good' | 'wait' | 'bad'> = {
  active: 'good',
  not_shipped: 'wait',
  expired: 'wait',
  suspicious: 'bad',
  recalled: 'bad',
  forgotten: 'wait',
  never_issued: 'bad',
};

/** The warnings that are why the verdict is what it is; the others stand below it. */
function reasonsOf({ state, warnings, scan }: Trace): string[] {
  if (state === 'active' || state === 'never_issued') return [];
  return state === 'suspicious' ? warnings.filter((w) => scan?.findings.some(({ text }) => text === w)) : warnings.slice(0, 1);
}

function Verdict({ trace, reasons }: { trace: Trace; reasons: readonly string[] }) {
  return (
    <section class={`verdict verdict--${tones[trace.state]}`} role="status">
      <div class="verdict__head">
        <p class="verdict__mark" aria-hidden="true">
          {trace.state === 'active' ? '✓' : '!'}
        </p>
        <h1>{trace.said.title}</h1>
      </div>
      <div class="verdict__words">
        <p>{trace.said.text}</p>
        {reasons.length > 0 && (
          <ul class="verdict__reasons" aria-label={t('reasons')}>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
        <p class="small">{t('codeIs', { code: saySerial(trace.serial) })}</p>
      </div>
    </section>
  );
}

function Scans({ trace: { scan } }: { trace: Trace }) {
  if (!scan) return null;
  return (
    <section class="card stack stack--tight">
      <h2 class="headline">{t('scans')}</h2>
      {scan.words.map((words) => (
        <p key={words}>{words}</p>
      ))}
      <p class="soft small">{t('scansKept')}</p>
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
            {lot.useBy && <span class="block">{t('useBy', { day: formatDay(lot.useBy) })}</span>}
            {lot.plantingAreaCode && <span class="soft small block">{t('area', { code: lot.plantingAreaCode })}</span>}
          </p>
        )}
      </div>
      {trace.state !== 'recalled' && (
        <a class="button traced__again" href={links.product(product.slug)}>
          {t('buyAgain')}
        </a>
      )}
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

/** Below what a shopper came for, and loaded only when they get there. */
function Photos({ photos = [], lot }: { photos?: NonNullable<Trace['lot']>['photos']; lot: string }) {
  if (photos.length === 0) return null;
  return (
    <section class="card stack">
      <h2 class="headline">{t('photos')}</h2>
      <ul class="trace-photos">
        {photos.map(({ id, url, width, height }, n) => (
          <li key={id}>
            <img src={url} width={width} height={height} alt={t('photoOf', { n: n + 1, lot })} loading="lazy" decoding="async" />
          </li>
        ))}
      </ul>
      <p class="soft small">{t('photosBySeller')}</p>
    </section>
  );
}

export function TraceView({ trace, onAnother }: { trace: Trace; onAnother: () => void }) {
  const isOurs = trace.state !== 'never_issued';
  const reasons = reasonsOf(trace);
  // Of a code that was never issued the verdict has already said all.
  const others = isOurs ? trace.warnings.filter((warning) => !reasons.includes(warning)) : [];
  return (
    <div class="stack trace">
      <Verdict trace={trace} reasons={reasons} />
      {others.map((warning) => (
        <p class="notice notice--wait" key={warning}>
          {warning}
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
      <Goods trace={trace} />
      <Scans trace={trace} />
      {isOurs && <Road trace={trace} />}
      {isOurs && <Papers trace={trace} />}
      {trace.lot && <Photos photos={trace.lot.photos} lot={trace.lot.lot} />}
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
      <details class="card fold" open={tones[trace.state] === 'bad' && trace.state !== 'recalled'}>
        <summary>{t('doubt')}</summary>
        <DoubtForm trace={trace} />
      </details>
      <div>
        <button type="button" class="button button--quiet" onClick={onAnother}>
          {t('another')}
        </button>
      </div>
    </div>
  );
}
