/** Money given back of one package: what was, what still is owed after a cancellation, and the form that records the next. */
import { useState } from 'preact/hooks';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { sellerOrders, workspace } from '../i18n/vi.ts';
import type { Problem } from '../platform/api.ts';
import { toast } from '../platform/dom.ts';
import { formatDong } from '../platform/format.ts';
import { parseWhole } from '../platform/parse.ts';
import { TextField } from '../ui/forms.tsx';
import { Notice, sayProblem } from '../ui/states.tsx';
import { RefundList } from './RefundList.tsx';
import { leftToRefund, type SellerPackage, withRefund } from './seller-board.ts';

const t = translator('sellerOrders', sellerOrders);
const tWork = translator('workspace', workspace);

interface Props {
  pkg: SellerPackage;
  onChange: (pkg: SellerPackage) => void;
}

function RefundForm({ pkg, left, onChange, onCancel }: Props & { left: number; onCancel: () => void }) {
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  // One key for one opening of the form: pressed again after a broken connection it is the same refund.
  const [key] = useState(() => crypto.randomUUID());
  const dong = parseWhole(amount) ?? 0;
  const isAmount = dong >= 1 && dong <= left;

  const submit = async (event: Event) => {
    event.preventDefault();
    setProblem(undefined);
    setIsWrong(!isAmount || reason.trim() === '');
    if (!isAmount || reason.trim() === '') return;
    setIsBusy(true);
    const answer = await callAs('POST /api/seller/orders/{code}/refunds', {
      ...{ params: { code: pkg.code }, body: { amount: dong, reason: reason.trim() }, idempotencyKey: key },
    });
    setIsBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    toast(t('refunded', { amount: formatDong(dong), code: pkg.code }));
    onChange(withRefund(pkg, answer.data));
    onCancel();
  };
  const id = (name: string) => `${name}-${pkg.packageId}`;
  return (
    <form class="stack refund-form" noValidate onSubmit={(event) => void submit(event)}>
      <p class="small">{t('refundHow')}</p>
      {problem && <Notice tone="bad">{problem.code === 'conflict' && problem.detail ? problem.detail : sayProblem(problem)}</Notice>}
      <TextField
        id={id('refund-amount')}
        label={t('refundAmount')}
        hint={t('refundMost', { amount: formatDong(left) })}
        inputMode="numeric"
        autocomplete="off"
        value={amount}
        error={isWrong && !isAmount ? t('refundAmountWrong') : undefined}
        onInput={(e) => setAmount(e.currentTarget.value)}
      />
      <TextField
        id={id('refund-reason')}
        label={t('refundReason')}
        hint={t('refundReasonHint')}
        maxLength={300}
        value={reason}
        error={isWrong && reason.trim() === '' ? t('refundReasonMissing') : undefined}
        onInput={(e) => setReason(e.currentTarget.value)}
      />
      <button type="submit" class="button button--wide" disabled={isBusy}>
        {t('refundNow')}
      </button>
      <button type="button" class="button button--plain" onClick={onCancel}>
        {tWork('cancel')}
      </button>
    </form>
  );
}

export function Refunds({ pkg, onChange }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const left = leftToRefund(pkg);
  const isOwed = pkg.payment.status === 'refund_due';
  if (left === 0 && !pkg.refunds?.length) return null;
  return (
    <div class="stack no-print">
      {isOwed && <p class="notice notice--bad">{t('refundOwed', { amount: formatDong(left) })}</p>}
      {pkg.refunds && <RefundList refunds={pkg.refunds} />}
      {left > 0 && isOpen && <RefundForm pkg={pkg} left={left} onChange={onChange} onCancel={() => setIsOpen(false)} />}
      {left > 0 && !isOpen && (
        <button
          type="button"
          class={`button button--small ${isOwed ? '' : 'button--plain'}`}
          aria-label={t('refundFor', { code: pkg.code })}
          onClick={() => setIsOpen(true)}
        >
          {t('refund')}
        </button>
      )}
    </div>
  );
}
