/** The basket: what lies in the browser, at today's prices, one package per seller. */
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Quote } from '../../shared/orders/contract.ts';
import { translator } from '../i18n/index.ts';
import { basket as texts } from '../i18n/vi.ts';
import { need } from '../platform/dom.ts';
import { formatDong } from '../platform/format.ts';
import { links } from '../platform/links.ts';
import { Stepper, TextField } from '../ui/forms.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Empty, Failure, Loading, Notice } from '../ui/states.tsx';
import { type Basket, onBasketChange, readBasket, removeFromBasket, setQuantity, writeBasket } from './basket.ts';
import { hasShortLine, type Pricing, priceBasket, shortBy } from './price-basket.ts';
import { Totals } from './Totals.tsx';
import { readVoucher, writeVoucher } from './voucher.ts';

const t = translator('basket', texts);
/** Long enough for a thumb tapping + three times, short enough to feel immediate. */
const askDelayMs = 250;

type Line = Quote['lines'][number];

function BasketLine({ line, onQuantity, onRemove }: { line: Line; onQuantity: (n: number) => void; onRemove: () => void }) {
  const short = shortBy(line) > 0;
  const left = line.available ?? 0;
  return (
    <li class="basket-line">
      {line.image && <img src={line.image} alt="" width="88" height="88" loading="lazy" />}
      <div class="basket-line__text">
        <a href={links.product(line.productSlug)}>{line.name}</a>
        <span class="soft small">{line.variant}</span>
        <span class="small">
          {t('each', { price: formatDong(line.unitPrice), unit: line.unit })}{' '}
          {line.offer && <span class="badge badge--wait">{t('offer')}</span>}
        </span>
      </div>
      <strong class="basket-line__total">{formatDong(line.total)}</strong>
      <div class="basket-line__tools">
        <Stepper value={line.quantity} label={t('quantityOf', { name: line.name })} onChange={onQuantity} />
        <button
          type="button"
          class="button button--plain button--small"
          onClick={onRemove}
          aria-label={t('removeNamed', { name: line.name })}
        >
          <Icon name="bin" size={20} /> {t('remove')}
        </button>
      </div>
      {short && (
        <div class="basket-line__note">
          <Notice tone="bad">
            <p>{left > 0 ? t('onlyLeft', { n: left }) : t('soldOut')}</p>
            {left > 0 && (
              <button type="button" class="button button--quiet button--small" onClick={() => onQuantity(left)}>
                {t('take', { n: left })}
              </button>
            )}
          </Notice>
        </div>
      )}
    </li>
  );
}

function VoucherForm({ code, error, onUse }: { code: string; error: string | undefined; onUse: (code: string) => void }) {
  const [typed, setTyped] = useState(code);
  if (code && !error) {
    return (
      <p class="row row--apart">
        <span class="badge badge--good">{t('voucherOn', { code })}</span>
        <button type="button" class="button button--plain button--small" onClick={() => onUse('')}>
          {t('voucherRemove')}
        </button>
      </p>
    );
  }
  return (
    <form
      class="voucher"
      onSubmit={(event) => {
        event.preventDefault();
        onUse(typed.trim());
      }}
    >
      <TextField
        id="voucher"
        label={t('voucher')}
        value={typed}
        maxLength={40}
        autocomplete="off"
        error={error}
        onInput={(e) => setTyped(e.currentTarget.value)}
      />
      <button type="submit" class="button button--quiet">
        {t('voucherApply')}
      </button>
    </form>
  );
}

function BasketPage() {
  const [basket, setBasket] = useState<Basket>(readBasket);
  const [voucher, setVoucher] = useState(readVoucher);
  const [pricing, setPricing] = useState<Pricing>();
  const [isAsking, setIsAsking] = useState(true);
  const asked = useRef(0);

  const ask = async () => {
    asked.current += 1;
    const mine = asked.current;
    setIsAsking(true);
    const answer = await priceBasket({ basket, voucher });
    if (mine !== asked.current) return;
    setPricing(answer);
    setIsAsking(false);
  };

  useEffect(() => onBasketChange(() => setBasket(readBasket())), []);
  useEffect(() => {
    const timer = setTimeout(() => void ask(), pricing ? askDelayMs : 0);
    return () => clearTimeout(timer);
  }, [basket, voucher]);

  const change = (next: Basket) => writeBasket(next);
  const useCode = (code: string) => {
    writeVoucher(code);
    setVoucher(code);
  };

  if (basket.length === 0) {
    return (
      <Empty picture="basket" title={t('empty')}>
        <p>{t('emptyText')}</p>
        <a class="button" href={links.search}>
          {t('browse')}
        </a>
      </Empty>
    );
  }
  if (!pricing) return <Loading lines={6} />;
  const { quote, gone, problem } = pricing;
  const quantityOf = (line: Line) => basket.find((e) => e.sku === line.sku)?.quantity ?? line.quantity;
  const isBlocked = !quote || isAsking || hasShortLine(quote);
  return (
    <div class="two-columns">
      <div class="stack">
        {problem && <Failure problem={problem} onRetry={() => void ask()} />}
        {pricing.isCampaignOver && (
          <Notice tone="wait">
            <p>{t('campaignOver')}</p>
          </Notice>
        )}
        {gone
          .filter((sku) => basket.some((e) => e.sku === sku))
          .map((sku) => (
            <Notice tone="wait" key={sku}>
              <p>{t('gone', { sku })}</p>
              <button type="button" class="button button--quiet button--small" onClick={() => change(removeFromBasket(basket, sku))}>
                {t('remove')}
              </button>
            </Notice>
          ))}
        {quote?.packages.map((p) => {
          const lines = p.lines.filter((line) => basket.some((e) => e.sku === line.sku));
          if (lines.length === 0) return null;
          return (
            <section class="card stack" key={p.sellerId}>
              <h2 class="row row--firm package-title">
                <Icon name="parcel" /> {t('packageOf', { seller: p.sellerName })}
              </h2>
              <ul class="basket-lines">
                {lines.map((line) => (
                  <BasketLine
                    key={line.sku}
                    line={{ ...line, quantity: quantityOf(line) }}
                    onQuantity={(n) => change(setQuantity(basket, line.sku, n))}
                    onRemove={() => change(removeFromBasket(basket, line.sku))}
                  />
                ))}
              </ul>
              <p class="row row--apart small soft">
                <span>{t('shippingOf')}</span>
                <span>{p.shipping === 0 ? t('free') : formatDong(p.shipping)}</span>
              </p>
            </section>
          );
        })}
      </div>
      {quote && (
        <aside class="card card--pressed stack summary" aria-busy={isAsking}>
          <h2>{t('summary')}</h2>
          <Totals amounts={quote} isEstimate />
          {quote.packages.length > 1 && <p class="small soft">{t('packages', { n: quote.packages.length })}</p>}
          <VoucherForm code={voucher} error={pricing.voucherError} onUse={useCode} key={voucher} />
          {hasShortLine(quote) && !isAsking && <p class="small">{t('fixFirst')}</p>}
          {isBlocked ? (
            <button type="button" class="button button--wide" disabled>
              {t('checkout')}
            </button>
          ) : (
            <a class="button button--wide" href={links.checkout}>
              {t('checkout')}
            </a>
          )}
          <p class="small soft">{t('includesTax')}</p>
        </aside>
      )}
    </div>
  );
}

export function mountBasket(): void {
  const root = need('#basket');
  root.replaceChildren();
  render(<BasketPage />, root);
}
