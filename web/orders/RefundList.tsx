/** Money a seller gave back, as seller and buyer both see it. */
import { translator } from '../i18n/index.ts';
import { order as texts } from '../i18n/vi.ts';
import { formatDong, formatMoment } from '../platform/format.ts';

const t = translator('order', texts);

export function RefundList({ refunds }: { refunds: readonly { id: string; at: string; amount: number; reason: string }[] }) {
  return (
    <ul class="refunds" aria-label={t('refunds')}>
      {refunds.map((r) => (
        <li key={r.id}>
          <strong>{t('refunded', { amount: formatDong(r.amount) })}</strong> <span class="soft small">{formatMoment(r.at)}</span>
          <span class="block small">{r.reason}</span>
        </li>
      ))}
    </ul>
  );
}
