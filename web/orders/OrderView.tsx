/** One order as its buyer sees it, also on paper: it is the contract the buyer may keep (Law 19/2023, Art. 38). */
import { useState } from 'preact/hooks';
import { isOver, mayBecome } from '../../shared/orders/lifecycle.ts';
import { translator } from '../i18n/index.ts';
import { order as texts } from '../i18n/vi.ts';
import { type Answer, call, type Problem } from '../platform/api.ts';
import { formatDong, formatMoment, formatPhone } from '../platform/format.ts';
import { links } from '../platform/links.ts';
import { Icon } from '../ui/Icon.tsx';
import { Failure, Notice } from '../ui/states.tsx';
import { BankTransfer } from './BankTransfer.tsx';
import { ComplaintForm } from './ComplaintForm.tsx';
import type { OrderKey } from './handover.ts';
import { RefundList } from './RefundList.tsx';
import { Totals } from './Totals.tsx';
import { badgeTone, timelineOf } from './timeline.ts';

const t = translator('order', texts);
export type Order = Answer<'GET /api/orders/{code}'>;
type Package = Order['packages'][number];

function Road({ pkg }: { pkg: Package }) {
  return (
    <ol class="timeline">
      {timelineOf(pkg).map((step) => (
        <li key={step.status} class={`is-${step.state}`} aria-current={step.state === 'now' ? 'step' : undefined}>
          {step.state === 'next' ? <span class="soft">{t(`status_${step.status}`)}</span> : <strong>{t(`status_${step.status}`)}</strong>}
          {step.at && <span class="soft small block">{formatMoment(step.at)}</span>}
        </li>
      ))}
    </ol>
  );
}

function PackageCard({ pkg, n, total }: { pkg: Package; n: number; total: number }) {
  const isWaiting = pkg.status === 'pending_payment';
  return (
    <section class="card stack">
      <div class="order-head">
        <h2 class="row row--firm package-title">
          <Icon name="parcel" />
          <span>
            <a href={links.seller(pkg.sellerSlug)}>{t('packageOf', { seller: pkg.sellerName })}</a>
            {total > 1 && <span class="soft small block">{t('packageNumber', { n, total })}</span>}
          </span>
        </h2>
        <span class={`badge ${badgeTone(pkg.status)}`}>{t(`status_${pkg.status}`)}</span>
      </div>
      {isWaiting && <BankTransfer pkg={pkg} />}
      <ul class="mini-lines">
        {pkg.lines.map((l) => (
          <li key={l.sku}>
            <span>
              {l.quantity} × {l.name} <span class="soft small">{l.variant}</span>
            </span>
            <span class="nowrap">{formatDong(l.total)}</span>
          </li>
        ))}
      </ul>
      <Totals amounts={pkg} />
      {pkg.payment.status === 'collect_on_delivery' && <p class="notice">{t('codPay', { amount: formatDong(pkg.payment.amount) })}</p>}
      {pkg.payment.status === 'paid' && <p class="notice notice--good">{t('paid')}</p>}
      {pkg.payment.status === 'refund_due' && <p class="notice notice--wait">{t('refundDue')}</p>}
      {pkg.refunds && <RefundList refunds={pkg.refunds} />}
      {pkg.trackingNumber && (
        <dl class="pairs">
          <div>
            <dt>{t('carrier')}</dt>
            <dd>{pkg.carrier}</dd>
          </div>
          <div>
            <dt>{t('tracking')}</dt>
            <dd>
              <strong>{pkg.trackingNumber}</strong>
            </dd>
          </div>
        </dl>
      )}
      <Road pkg={pkg} />
    </section>
  );
}

function Cancel({ orderKey, onCancelled }: { orderKey: OrderKey; onCancelled: (order: Order) => void }) {
  const [isAsking, setIsAsking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const cancel = async () => {
    const answer = await call('POST /api/orders/{code}/cancel', { params: { code: orderKey.code }, body: { phone: orderKey.phone } });
    if (answer.ok) return onCancelled(answer.data);
    setIsAsking(false);
    setProblem(answer.problem);
  };
  if (problem?.code === 'conflict') return <Notice tone="bad">{t('cancelTooLate')}</Notice>;
  if (!isAsking) {
    return (
      <div class="stack no-print">
        {problem && <Failure problem={problem} />}
        <button type="button" class="button button--plain" onClick={() => setIsAsking(true)}>
          {t('cancel')}
        </button>
      </div>
    );
  }
  return (
    <div class="notice notice--bad stack stack--tight no-print" role="alertdialog" aria-label={t('cancel')}>
      <p>{t('cancelAsk')}</p>
      <p class="row">
        <button type="button" class="button" onClick={() => void cancel()}>
          {t('cancelYes')}
        </button>
        <button type="button" class="button button--quiet" onClick={() => setIsAsking(false)}>
          {t('cancelNo')}
        </button>
      </p>
    </div>
  );
}

function Receiver({ order }: { order: Order }) {
  const place = order.shipTo ? [order.shipTo.street, order.shipTo.communeName, order.shipTo.provinceName].filter(Boolean).join(', ') : '';
  return (
    <section class="stack stack--tight">
      <h2 class="package-title">{t('receiver')}</h2>
      <p>
        {order.customer.name}, {formatPhone(order.customer.phone)}
        <span class="block">
          {order.delivery === 'pickup' ? t('pickup') : order.delivery === 'locker' ? t('locker', { id: order.lockerId ?? '' }) : place}
        </span>
      </p>
      {order.note && (
        <p class="soft small">
          {t('note')}: {order.note}
        </p>
      )}
    </section>
  );
}

interface Props {
  order: Order;
  orderKey: OrderKey;
  isNew: boolean;
  onChange: (order: Order) => void;
  onLeave: () => void;
}

export function OrderView({ order, orderKey, isNew, onChange, onLeave }: Props) {
  const mayCancel = order.packages.every((p) => mayBecome(p.status, 'cancelled'));
  return (
    <div class="stack">
      {order.status === 'cancelled' && (
        <Notice>
          <p>{t('cancelled')}</p>
        </Notice>
      )}
      {isNew && !isOver(order.status) && (
        <Notice tone="good">
          <p>
            <strong>{t('thanks')}</strong>
          </p>
          <p>{t('keepCode')}</p>
        </Notice>
      )}
      <div class="two-columns two-columns--aside-first">
        <aside class="card card--pressed stack summary">
          <p>
            {t('orderCode')}
            <strong class="order-code block">{order.code}</strong>
            <span class="soft small">{t('placedAt', { moment: formatMoment(order.placedAt) })}</span>
          </p>
          <p>
            <span class={`badge ${badgeTone(order.status)}`}>{t(`status_${order.status}`)}</span>
          </p>
          <Receiver order={order} />
          <Totals amounts={order} />
          <button type="button" class="button button--quiet no-print" onClick={() => window.print()}>
            {t('print')}
          </button>
          {mayCancel && <Cancel orderKey={orderKey} onCancelled={onChange} />}
          <button type="button" class="button button--plain no-print" onClick={onLeave}>
            {t('another')}
          </button>
        </aside>
        <div class="stack">
          {order.packages.map((pkg, i) => (
            <PackageCard pkg={pkg} n={i + 1} total={order.packages.length} key={pkg.id} />
          ))}
          <ComplaintForm order={order} orderKey={orderKey} />
        </div>
      </div>
    </div>
  );
}
