/** One package to prepare: who, where, what, how much to collect, and the one button that moves it on. */
import { useState } from 'preact/hooks';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { sellerOrders } from '../i18n/vi.ts';
import type { Answer, Problem, Result } from '../platform/api.ts';
import { toast } from '../platform/dom.ts';
import { formatDong, formatMoment, formatPhone } from '../platform/format.ts';
import { PackageLotsForm } from '../traceability/package-lots-form.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Notice, sayProblem } from '../ui/states.tsx';
import { isFresh, nextStep, type SellerPackage, type Step, sayVariant, toCollect, toneOf } from './seller-board.ts';
import { sayPlace } from './seller-place.ts';
import { Refunds } from './seller-refunds.tsx';
import { type Handover, ShipForm } from './seller-ship-form.tsx';

const t = translator('sellerOrders', sellerOrders);

function take(code: string, step: Step, by?: Handover): Promise<Result<Answer<'GET /api/seller/orders'>['items'][number]>> {
  const params = { code };
  if (step === 'acknowledge') return callAs('POST /api/seller/orders/{code}/acknowledged', { params });
  if (step === 'pack') return callAs('POST /api/seller/orders/{code}/packed', { params });
  if (step === 'deliver') return callAs('POST /api/seller/orders/{code}/delivered', { params });
  return callAs('POST /api/seller/orders/{code}/shipped', { params, body: by ?? { carrier: '', trackingNumber: '' } });
}

function Money({ pkg }: { pkg: SellerPackage }) {
  const collect = toCollect(pkg);
  if (collect > 0)
    return (
      <p class="collect">
        <span>{t('collect')}</span> <strong>{formatDong(collect)}</strong>
      </p>
    );
  if (pkg.payment.status === 'paid')
    return (
      <p class="collect collect--paid">
        <span>{t('paid')}</span> <strong>{formatDong(pkg.payment.amount)}</strong>
      </p>
    );
  return null;
}

function NextStep({ pkg, onChange }: { pkg: SellerPackage; onChange: (pkg: SellerPackage) => void }) {
  const [isShipping, setIsShipping] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const step = nextStep(pkg);
  const go = async (by?: Handover) => {
    if (!step) return;
    setIsBusy(true);
    setProblem(undefined);
    const answer = await take(pkg.code, step, by);
    setIsBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    setIsShipping(false);
    toast(t(`done_${step}`, { code: pkg.code }));
    onChange(answer.data);
  };
  return (
    <div class="stack no-print">
      {problem && <Notice tone="bad">{problem.code === 'conflict' && step !== 'ship' ? t('changed') : sayProblem(problem)}</Notice>}
      {pkg.status === 'pending_payment' && <p class="notice notice--wait">{t('waitMoney')}</p>}
      {step && isShipping && <ShipForm pkg={pkg} isBusy={isBusy} onShip={(by) => void go(by)} onCancel={() => setIsShipping(false)} />}
      {step && !isShipping && (
        <button
          type="button"
          class={`button button--wide button--big${step === 'acknowledge' ? '' : ' button--leaf'}`}
          aria-label={t('nextFor', { step: t(`next_${step}`), code: pkg.code })}
          disabled={isBusy}
          onClick={() => (step === 'ship' ? setIsShipping(true) : void go())}
        >
          {t(`next_${step}`)}
        </button>
      )}
    </div>
  );
}

interface Props {
  pkg: SellerPackage;
  onChange: (pkg: SellerPackage) => void;
  onPrint: () => void;
}

export function PackageCard({ pkg, onChange, onPrint }: Props) {
  return (
    <li class={`card package${isFresh(pkg) ? ' package--new' : ''}`}>
      <div class="package__head">
        <h2 class="package__code">{pkg.code}</h2>
        <span class={toneOf(pkg)}>{isFresh(pkg) ? t('badge_new') : t(`status_${pkg.status}`)}</span>
        <span class="soft small package__when">{t('placed', { moment: formatMoment(pkg.placedAt) })}</span>
      </div>
      <div class="package__body">
        <div>
          <ul class="package__lines">
            {pkg.lines.map((l) => (
              <li key={l.sku}>
                <strong class="package__count">{l.quantity}</strong>
                <span>
                  <strong>{l.name}</strong>
                  <span class="soft small block">{sayVariant(l)}</span>
                </span>
              </li>
            ))}
          </ul>
        </div>
        <div class="package__who">
          <p>
            <strong>{pkg.customer.name}</strong>
            <span class="block">{sayPlace(pkg)}</span>
          </p>
          <a
            class="button button--quiet button--small"
            href={`tel:${pkg.customer.phone}`}
            aria-label={t('call', { phone: formatPhone(pkg.customer.phone) })}
          >
            <Icon name="phone" size={20} />
            {formatPhone(pkg.customer.phone)}
          </a>
        </div>
      </div>
      {pkg.note && (
        <p class="package__note">
          <strong>{t('note')}:</strong> {pkg.note}
        </p>
      )}
      {pkg.invoice && (
        <p class="package__note">
          <strong>{t('invoice')}:</strong> {pkg.invoice.name}
          {pkg.invoice.taxCode && `, ${t('invoiceTax', { code: pkg.invoice.taxCode })}`}, {pkg.invoice.email}
        </p>
      )}
      {pkg.trackingNumber && (
        <p>
          {pkg.carrier}: <strong>{pkg.trackingNumber}</strong>
        </p>
      )}
      <div class="package__money">
        <Money pkg={pkg} />
        <button type="button" class="button button--plain button--small" aria-label={t('printFor', { code: pkg.code })} onClick={onPrint}>
          {t('print')}
        </button>
      </div>
      <PackageLotsForm pkg={pkg} />
      <NextStep pkg={pkg} onChange={onChange} />
      <Refunds pkg={pkg} onChange={onChange} />
    </li>
  );
}
