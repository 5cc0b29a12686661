/** The checkout, as a guest. The price shown is the price sent along: if it is no longer true the market says so and nothing is placed. */
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { translator } from '../i18n/index.ts';
import { checkout } from '../i18n/vi.ts';
import { need } from '../platform/dom.ts';
import { formatDong } from '../platform/format.ts';
import { links } from '../platform/links.ts';
import { Empty, Failure, Loading, Notice, sayProblem } from '../ui/states.tsx';
import { readBasket, writeBasket } from './basket.ts';
import { ExtraFields, PayFields, WhereFields, WhoFields } from './CheckoutFields.tsx';
import {
  addressOf,
  type Draft,
  type FieldErrors,
  findMistakes,
  forgetDraft,
  orderBody,
  type Quote,
  readDraft,
  writeDraft,
} from './draft.ts';
import { handOver } from './handover.ts';
import { type Placed, placeOrder } from './place.ts';
import { hasShortLine, type Pricing, priceBasket, shortBy } from './price-basket.ts';
import { Totals } from './Totals.tsx';
import { readVoucher, writeVoucher } from './voucher.ts';

const t = translator('checkout', checkout);

type Setback = Exclude<Placed, { outcome: 'placed' }>;

/** What went wrong, in the shopper's words, with what to do about it. */
function Trouble({ setback, quote }: { setback: Setback; quote: Quote | undefined }) {
  const nameOf = (sku: string) => quote?.lines.find((l) => l.sku === sku)?.name ?? sku;
  switch (setback.outcome) {
    case 'unsure':
      return <Notice tone="wait">{t('unsure')}</Notice>;
    case 'wait':
      return <Notice tone="wait">{t('tooFast', { seconds: setback.seconds })}</Notice>;
    case 'price_changed':
      return <Notice tone="wait">{t('priceChanged', { total: formatDong(setback.total ?? quote?.total ?? 0) })}</Notice>;
    case 'short':
      return (
        <Notice tone="bad">
          <p>{t('outOfStock')}</p>
          <ul>
            {setback.lines.map((l) => (
              <li key={l.sku}>{t('outOfStockLine', { name: nameOf(l.sku), left: l.message })}</li>
            ))}
          </ul>
          <a href={links.basket}>{t('goToBasket')}</a>
        </Notice>
      );
    case 'fields':
      return <Notice tone="bad">{t('fixFields', { n: Object.keys(setback.errors).length })}</Notice>;
    default:
      return <Notice tone="bad">{sayProblem(setback.problem)}</Notice>;
  }
}

function Summary({ quote, isEstimate }: { quote: Quote; isEstimate: boolean }) {
  return (
    <>
      <ul class="mini-lines">
        {quote.lines.map((l) => (
          <li key={l.sku}>
            <span>
              {l.quantity} × {l.name} <span class="soft small">{l.variant}</span>
            </span>
            <span class="nowrap">{formatDong(l.total)}</span>
          </li>
        ))}
      </ul>
      <p>
        <a href={links.basket}>{t('change')}</a>
      </p>
      <Totals amounts={quote} isEstimate={isEstimate} />
      {isEstimate && <p class="small soft">{t('priceForAddress')}</p>}
    </>
  );
}

function CheckoutPage() {
  const [basket] = useState(readBasket);
  const [voucher] = useState(readVoucher);
  const [draft, setDraft] = useState<Draft>(readDraft);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [pricing, setPricing] = useState<Pricing>();
  const [setback, setSetback] = useState<Setback>();
  const [isSending, setIsSending] = useState(false);
  const asked = useRef(0);
  const form = useRef<HTMLFormElement>(null);

  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    writeDraft(next);
    // A field stops complaining as soon as it is right, not at the next try.
    const left = findMistakes(next);
    setErrors((before) =>
      Object.keys(before).length === 0 ? before : Object.fromEntries(Object.entries(before).filter(([path]) => path in left)),
    );
  };

  const price = async () => {
    asked.current += 1;
    const mine = asked.current;
    const answer = await priceBasket({ basket, voucher, delivery: draft.delivery, shipTo: addressOf(draft), lockerId: draft.lockerId });
    if (mine === asked.current) setPricing(answer);
  };
  useEffect(() => void price(), [draft.delivery, draft.provinceCode, draft.communeCode, draft.lockerId]);

  // The first wrong field comes into view with the focus, so it is found without scrolling and read out.
  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  if (basket.length === 0) {
    return (
      <Empty picture="basket" title={t('emptyTitle')}>
        <p>{t('emptyText')}</p>
        <a class="button" href={links.search}>
          {t('browse')}
        </a>
      </Empty>
    );
  }
  if (!pricing) return <Loading lines={8} />;
  const { quote, problem } = pricing;
  if (!quote)
    return problem ? (
      <Failure problem={problem} onRetry={() => void price()} />
    ) : (
      <Trouble setback={{ outcome: 'short', lines: pricing.gone.map((sku) => ({ sku, message: t('gone') })) }} quote={undefined} />
    );

  const shortNow = quote.lines
    .filter((l) => shortBy(l) > 0)
    .map((l) => ({ sku: l.sku, message: l.available ? t('left', { n: l.available }) : t('soldOut') }));
  const goneNow = pricing.gone.map((sku) => ({ sku, message: t('gone') }));
  const unsold = [...shortNow, ...goneNow];

  // Once every marked field is right, the sentence about them goes too.
  const trouble = setback?.outcome === 'fields' ? (Object.keys(errors).length > 0 ? { ...setback, errors } : undefined) : setback;

  const submit = async (event: Event) => {
    event.preventDefault();
    const mistakes = Object.fromEntries(Object.entries(findMistakes(draft)).map(([path, key]) => [path, t(key)]));
    setErrors(mistakes);
    if (Object.keys(mistakes).length > 0) return setSetback({ outcome: 'fields', errors: mistakes });
    setIsSending(true);
    setSetback(undefined);
    const placed = await placeOrder(
      orderBody(draft, basket, {
        ...(voucher && !pricing.voucherError && { voucher }),
        expectedTotal: quote.total,
        isCampaignOver: pricing.isCampaignOver,
      }),
    );
    setIsSending(false);
    if (placed.outcome === 'placed') {
      handOver({ code: placed.order.code, phone: placed.phone });
      writeBasket([]);
      writeVoucher('');
      forgetDraft();
      return location.assign(links.order);
    }
    setSetback(placed);
    if (placed.outcome === 'fields') setErrors(placed.errors);
    if (placed.outcome === 'price_changed' || placed.outcome === 'short') await price();
  };

  const isEstimate = draft.delivery === 'home' && draft.communeCode === '';
  const buttonText = setback?.outcome === 'unsure' ? t('sendAgain') : t('place', { total: formatDong(quote.total) });
  return (
    <form class="two-columns" noValidate onSubmit={(event) => void submit(event)} ref={form}>
      <div class="stack">
        <WhoFields draft={draft} errors={errors} onChange={change} />
        <WhereFields draft={draft} errors={errors} onChange={change} />
        <PayFields draft={draft} errors={errors} onChange={change} />
        <ExtraFields draft={draft} errors={errors} onChange={change} />
      </div>
      <aside class="card card--pressed stack summary">
        <h2>{t('summary')}</h2>
        <Summary quote={quote} isEstimate={isEstimate} />
        {trouble ? (
          <Trouble setback={trouble} quote={quote} />
        ) : (
          unsold.length > 0 && <Trouble setback={{ outcome: 'short', lines: unsold }} quote={quote} />
        )}
        <button type="submit" class="button button--wide" disabled={isSending || hasShortLine(quote) || pricing.gone.length > 0}>
          {isSending ? t('placing') : buttonText}
        </button>
        {draft.payment === 'cod' && <p class="small">{t('placeCod', { total: formatDong(quote.total) })}</p>}
        <p class="small soft">
          {t('consent')} <a href={links.terms}>{t('terms')}</a>, <a href={links.privacy}>{t('privacy')}</a>.
        </p>
        <p class="small soft">{t('demo')}</p>
      </aside>
    </form>
  );
}

export function mountCheckout(): void {
  const root = need('#checkout');
  root.replaceChildren();
  render(<CheckoutPage />, root);
}
