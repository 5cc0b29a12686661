import { useState } from 'preact/hooks';
import { translator } from '../i18n/index.ts';
import { order as texts } from '../i18n/vi.ts';
import { type Answer, type Asked, call, type Problem } from '../platform/api.ts';
import { formatDay } from '../platform/format.ts';
import { SelectField, TextArea } from '../ui/forms.tsx';
import { Failure, Notice } from '../ui/states.tsx';
import type { OrderKey } from './handover.ts';

const t = translator('order', texts);
type Order = Answer<'GET /api/orders/{code}'>;
type Kind = Asked<'POST /api/orders/{code}/complaints'>['body']['kind'];

/** Every kind the market takes; the record makes the compiler ask for a new one here. */
const kinds: Record<Kind, string> = {
  damaged: t('kind_damaged'),
  not_received: t('kind_not_received'),
  wrong_item: t('kind_wrong_item'),
  not_as_described: t('kind_not_as_described'),
  other: t('kind_other'),
};

export function ComplaintForm({ order, orderKey }: { order: Order; orderKey: OrderKey }) {
  const [packageId, setPackageId] = useState(order.packages[0]?.id ?? '');
  const [kind, setKind] = useState<Kind>('damaged');
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [received, setReceived] = useState<Answer<'POST /api/orders/{code}/complaints'>>();

  if (received) {
    return (
      <Notice tone="good">
        <p>{t('complainDone', { id: received.id, day: formatDay(received.answerBy) })}</p>
      </Notice>
    );
  }

  const send = async (event: Event) => {
    event.preventDefault();
    setError(text.trim() === '' ? t('complainEmpty') : undefined);
    if (text.trim() === '') return;
    const answer = await call('POST /api/orders/{code}/complaints', {
      params: { code: orderKey.code },
      body: { phone: orderKey.phone, packageId, kind, text },
    });
    if (answer.ok) setReceived(answer.data);
    else setProblem(answer.problem);
  };

  return (
    <details class="card fold no-print">
      <summary>{t('complain')}</summary>
      <form class="form-section" noValidate onSubmit={(event) => void send(event)}>
        <p>{t('complainText')}</p>
        {order.packages.length > 1 && (
          <SelectField
            id="packageId"
            label={t('complainPackage')}
            value={packageId}
            options={order.packages.map((p) => ({ value: p.id, label: t('packageOf', { seller: p.sellerName }) }))}
            onChange={(event) => setPackageId(event.currentTarget.value)}
          />
        )}
        <SelectField
          id="kind"
          label={t('complainKind')}
          value={kind}
          options={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setKind(event.currentTarget.value as Kind)}
        />
        <TextArea
          id="text"
          label={t('complainMore')}
          maxLength={2000}
          rows={4}
          value={text}
          error={error}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {problem && <Failure problem={problem} />}
        <button type="submit" class="button">
          {t('complainSend')}
        </button>
      </form>
    </details>
  );
}
