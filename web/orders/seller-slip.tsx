/** The slip that goes into the parcel: large enough to read at arm's length, with a box to tick for each line. */
import { useEffect } from 'preact/hooks';
import { translator } from '../i18n/index.ts';
import { sellerOrders } from '../i18n/vi.ts';
import { formatDong, formatMoment, formatPhone } from '../platform/format.ts';
import { type SellerPackage, sayVariant, toCollect } from './seller-board.ts';
import { sayPlace } from './seller-place.ts';

const t = translator('sellerOrders', sellerOrders);

/** Prints itself once it is drawn; on screen it is never seen. It stays until the printing is over: phones return from `print()` at once. */
export function Slip({ pkg, onPrinted }: { pkg: SellerPackage; onPrinted: () => void }) {
  useEffect(() => {
    addEventListener('afterprint', onPrinted);
    window.print();
    return () => removeEventListener('afterprint', onPrinted);
  }, [pkg]);
  const collect = toCollect(pkg);
  return (
    <section class="slip" aria-hidden="true">
      <header>
        <h2>{t('slipTitle')}</h2>
        <p class="slip__code">{pkg.code}</p>
      </header>
      <dl>
        <div>
          <dt>{t('slipFrom')}</dt>
          <dd>{pkg.sellerName}</dd>
        </div>
        <div>
          <dt>{t('slipTo')}</dt>
          <dd>
            <strong>{pkg.customer.name}</strong>, {formatPhone(pkg.customer.phone)}
            <br />
            {sayPlace(pkg)}
          </dd>
        </div>
      </dl>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('slipCheck')}</th>
            <th scope="col">{t('slipItem')}</th>
            <th scope="col">{t('slipQuantity')}</th>
          </tr>
        </thead>
        <tbody>
          {pkg.lines.map((l) => (
            <tr key={l.sku}>
              <td>☐</td>
              <td>
                {l.name}, {sayVariant(l)}
              </td>
              <td>{l.quantity}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {pkg.note && (
        <p>
          <strong>{t('note')}:</strong> {pkg.note}
        </p>
      )}
      <p class="slip__money">{collect > 0 ? `${t('collect')}: ${formatDong(collect)}` : t('slipNothing')}</p>
      <p>{t('placed', { moment: formatMoment(pkg.placedAt) })}</p>
      <p>{t('slipDemo')}</p>
    </section>
  );
}
