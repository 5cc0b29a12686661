import type { Quote } from '../../shared/orders/contract.ts';
import { translator } from '../i18n/index.ts';
import { basket } from '../i18n/vi.ts';
import { formatDong } from '../platform/format.ts';

const t = translator('basket', basket);

export type Amounts = Pick<Quote, 'subtotal' | 'discount' | 'shipping' | 'total'>;

/** Goods, discount, shipping, total: the same four lines on basket, checkout and order. */
export function Totals({ amounts, isEstimate = false }: { amounts: Amounts; isEstimate?: boolean }) {
  return (
    <dl class="pairs">
      <div>
        <dt>{t('goods')}</dt>
        <dd>{formatDong(amounts.subtotal)}</dd>
      </div>
      {amounts.discount > 0 && (
        <div>
          <dt>{t('discount')}</dt>
          <dd>−{formatDong(amounts.discount)}</dd>
        </div>
      )}
      <div>
        <dt>{t(isEstimate ? 'shippingEstimate' : 'shipping')}</dt>
        <dd>{amounts.shipping === 0 ? t('free') : formatDong(amounts.shipping)}</dd>
      </div>
      <div class="pairs__total">
        <dt>{t('total')}</dt>
        <dd>{formatDong(amounts.total)}</dd>
      </div>
    </dl>
  );
}
