/** Brings a product page to life: asks for today's price and stock, follows the chosen variant, fills the basket. */
import type { Product } from '../../shared/catalog/contract.ts';
import { translator } from '../i18n/index.ts';
import { catalog } from '../i18n/vi.ts';
import { addToBasket, readBasket, writeBasket } from '../orders/basket.ts';
import { type Answer, call } from '../platform/api.ts';
import { find, need, toast } from '../platform/dom.ts';
import { formatDong, formatNumber, monthInVietnam } from '../platform/format.ts';
import { campaignParameter, links } from '../platform/links.ts';

const t = translator('catalog', catalog);
/** Below this a shopper should hurry; above it the exact number is only noise. */
const fewUnits = 20;

const stockWords = (available: number): string => {
  if (available <= 0) return t('soldOut');
  return available < fewUnits ? t('fewLeft', { n: formatNumber(available) }) : t('left', { n: formatNumber(available) });
};
const stockTone = (available: number): string => {
  if (available <= 0) return 'badge badge--bad';
  return available < fewUnits ? 'badge badge--wait' : 'badge badge--good';
};

const campaignInAddress = (): string | null => new URLSearchParams(location.search).get(campaignParameter);

function markMonth(month: number): void {
  find(`.season [data-month="${month}"]`)?.classList.add('is-now');
  const badge = find('[data-season-badge]');
  if (!badge) return;
  const isOpen = badge.dataset.months?.split(' ').includes(String(month)) ?? false;
  badge.textContent = t(isOpen ? 'seasonNow' : 'seasonSoon');
  badge.className = isOpen ? 'badge badge--good' : 'badge';
  badge.hidden = false;
}

export function startProductPage(now = new Date()): void {
  markMonth(monthInVietnam(now));
  const form = find<HTMLFormElement>('[data-buying]');
  if (!form) return;
  const quantity = need<HTMLInputElement>('input[name="quantity"]', form);
  const radios = [...form.querySelectorAll<HTMLInputElement>('input[name="variant"]')];
  const chosen = () => radios.find((r) => r.checked) ?? radios[0];

  const availableNow = () => Number(chosen()?.dataset.available ?? 0);
  const keepQuantity = () => {
    const most = Math.max(1, Math.min(9_999, availableNow()));
    quantity.value = String(Math.min(most, Math.max(1, Math.trunc(Number(quantity.value)) || 1)));
    for (const button of form.querySelectorAll<HTMLButtonElement>('[data-step]')) {
      button.disabled = button.dataset.step === '1' ? Number(quantity.value) >= most : Number(quantity.value) <= 1;
    }
  };

  const show = () => {
    const data = chosen()?.dataset;
    if (!data) return;
    need('[data-price]:not(input)', form).textContent = formatDong(Number(data.price));
    need('[data-unit-price]:not(input)', form).textContent = t('perKilogram', { price: formatDong(Number(data.unitPrice)) });
    const was = need('[data-compare]:not(input)', form);
    was.hidden = !data.compare;
    was.textContent = data.compare ? formatDong(Number(data.compare)) : '';
    const stock = need('[data-stock]', form);
    stock.textContent = stockWords(availableNow());
    stock.className = stockTone(availableNow());
    for (const button of form.querySelectorAll<HTMLButtonElement>('[data-buy]')) button.disabled = availableNow() <= 0;
    keepQuantity();
  };

  const showVariant = (sku: string, price: number, available: number) => {
    need(`[data-price-of="${CSS.escape(sku)}"]`, form).textContent = formatDong(price);
    need(`[data-stock-of="${CSS.escape(sku)}"]`, form).textContent = stockWords(available);
  };

  const takeOver = (product: Product) => {
    for (const variant of product.variants) {
      const radio = radios.find((r) => r.value === variant.sku);
      if (!radio) continue;
      radio.dataset.price = String(variant.price);
      radio.dataset.unitPrice = String(variant.unitPrice);
      radio.dataset.available = String(variant.available);
      if (variant.compareAtPrice) radio.dataset.compare = String(variant.compareAtPrice);
      else delete radio.dataset.compare;
      showVariant(variant.sku, variant.price, variant.available);
    }
    // A variant that was withdrawn since the page was built cannot be bought.
    for (const radio of radios) if (!product.variants.some((v) => v.sku === radio.value)) radio.dataset.available = '0';
  };

  form.addEventListener('change', (event) => (event.target === quantity ? keepQuantity() : show()));
  form.addEventListener('click', (event) => {
    const step = (event.target as HTMLElement).closest<HTMLElement>('[data-step]')?.dataset.step;
    if (!step) return;
    quantity.value = String(Number(quantity.value) + Number(step));
    keepQuantity();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const sku = chosen()?.value;
    if (!sku || availableNow() <= 0) return;
    keepQuantity();
    const campaign = campaignInAddress();
    writeBasket(addToBasket(readBasket(), { sku, quantity: Number(quantity.value), ...(campaign && { campaign }) }));
    if ((event.submitter as HTMLButtonElement | null)?.value === 'checkout') location.assign(links.checkout);
    else toast(t('added'), { href: links.basket, text: t('openBasket') });
  });

  /** Whoever comes from a live campaign sees its price and its set-aside units, as the basket will. */
  const takeOverOffers = ({ status, offers }: Answer<'GET /api/campaigns/{slug}'>) => {
    if (status !== 'live') return;
    for (const offer of offers) {
      const data = radios.find((r) => r.value === offer.sku)?.dataset;
      if (!data) continue;
      data.unitPrice = String(Math.round((Number(data.unitPrice) * offer.price) / Number(data.price)));
      data.compare = String(offer.regularPrice);
      data.price = String(offer.price);
      data.available = String(offer.remaining);
      showVariant(offer.sku, offer.price, offer.remaining);
    }
  };

  const ask = async () => {
    const campaign = campaignInAddress();
    const [product, live] = await Promise.all([
      call('GET /api/products/{slug}', { params: { slug: form.dataset.slug ?? '' } }),
      campaign ? call('GET /api/campaigns/{slug}', { params: { slug: campaign } }) : undefined,
    ]);
    if (product.ok) takeOver(product.data);
    else if (product.problem.code === 'not_found') for (const radio of radios) radio.dataset.available = '0';
    if (live?.ok) takeOverOffers(live.data);
    // Without an answer the page stays as it was built: buying still works, the checkout asks again.
    show();
  };
  void ask();
}
