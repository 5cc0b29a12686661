/** The four parts of the checkout form. Field ids are the paths the market names in its errors. */
import { useEffect, useState } from 'preact/hooks';
import { translator } from '../i18n/index.ts';
import { checkout } from '../i18n/vi.ts';
import { type Answer, call } from '../platform/api.ts';
import { AddressFields } from '../shipping/AddressFields.tsx';
import { RadioCard, SelectField, TextArea, TextField } from '../ui/forms.tsx';
import type { Draft, FieldErrors } from './draft.ts';

const t = translator('checkout', checkout);

interface Props {
  draft: Draft;
  errors: FieldErrors;
  onChange: (part: Partial<Draft>) => void;
}
type TextKey = { [K in keyof Draft]: Draft[K] extends string ? K : never }[keyof Draft];

const typing =
  ({ onChange }: Props, name: TextKey) =>
  (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
    onChange({ [name]: event.currentTarget.value });

export function WhoFields(props: Props) {
  const { draft, errors } = props;
  return (
    <section class="card form-section">
      <h2>{t('who')}</h2>
      <TextField
        id="customer.name"
        label={t('name')}
        autocomplete="name"
        maxLength={100}
        value={draft.name}
        error={errors['customer.name']}
        onInput={typing(props, 'name')}
      />
      <TextField
        id="customer.phone"
        label={t('phone')}
        hint={t('phoneHint')}
        type="tel"
        inputMode="tel"
        autocomplete="tel"
        maxLength={20}
        value={draft.phone}
        error={errors['customer.phone']}
        onInput={typing(props, 'phone')}
      />
      <TextField
        id="customer.email"
        label={t('email')}
        optional
        type="email"
        inputMode="email"
        autocomplete="email"
        maxLength={200}
        value={draft.email}
        error={errors['customer.email']}
        onInput={typing(props, 'email')}
      />
    </section>
  );
}

function LockerField({ draft, errors, onChange }: Props) {
  const [lockers, setLockers] = useState<Answer<'GET /api/lockers'>['items']>([]);
  useEffect(() => {
    void call('GET /api/lockers', {}).then((answer) => answer.ok && setLockers(answer.data.items));
  }, []);
  return (
    <SelectField
      id="lockerId"
      label={t('chooseLocker')}
      value={draft.lockerId}
      error={errors.lockerId}
      options={[{ value: '', label: t('chooseLockerFirst') }, ...lockers.map((l) => ({ value: l.id, label: `${l.name}, ${l.street}` }))]}
      onChange={(event) => onChange({ lockerId: event.currentTarget.value })}
    />
  );
}

const deliveries = ['home', 'locker', 'pickup'] as const;

export function WhereFields(props: Props) {
  const { draft, errors, onChange } = props;
  return (
    <section class="card form-section">
      <h2 id="where">{t('where')}</h2>
      <div class="choices" role="radiogroup" aria-labelledby="where">
        {deliveries.map((d) => (
          <RadioCard
            key={d}
            name="delivery"
            value={d}
            label={t(d)}
            checked={draft.delivery === d}
            onChange={() => onChange({ delivery: d })}
          >
            {t(`${d}Text`)}
          </RadioCard>
        ))}
      </div>
      {draft.delivery === 'home' && <AddressFields value={draft} errors={errors} onChange={onChange} />}
      {draft.delivery === 'locker' && <LockerField {...props} />}
    </section>
  );
}

const payments = ['cod', 'bank_transfer'] as const;
/** Shown, so that nobody looks for them in vain; they say that they are not connected. */
const unconnectedPayments = ['card', 'vnpay'] as const;

export function PayFields({ draft, onChange }: Props) {
  return (
    <section class="card form-section">
      <h2 id="pay">{t('pay')}</h2>
      <div class="choices" role="radiogroup" aria-labelledby="pay">
        {payments.map((p) => (
          <RadioCard key={p} name="payment" value={p} label={t(p)} checked={draft.payment === p} onChange={() => onChange({ payment: p })}>
            {t(`${p}Text`)}
          </RadioCard>
        ))}
        {unconnectedPayments.map((p) => (
          <RadioCard key={p} name="payment" value={p} label={t(p)} disabled>
            {t('notConnected')}
          </RadioCard>
        ))}
      </div>
    </section>
  );
}

export function ExtraFields(props: Props) {
  const { draft, errors, onChange } = props;
  return (
    <section class="card form-section">
      <label class="choice">
        <input type="checkbox" checked={draft.wantsInvoice} onChange={(event) => onChange({ wantsInvoice: event.currentTarget.checked })} />
        <span>
          <strong>{t('invoice')}</strong>
        </span>
      </label>
      {draft.wantsInvoice && (
        <div class="form-section">
          <TextField
            id="invoice.name"
            label={t('invoiceName')}
            autocomplete="organization"
            maxLength={200}
            value={draft.invoiceName}
            error={errors['invoice.name']}
            onInput={typing(props, 'invoiceName')}
          />
          <div class="form-pair">
            <TextField
              id="invoice.taxCode"
              label={t('taxCode')}
              optional
              inputMode="numeric"
              maxLength={14}
              value={draft.taxCode}
              error={errors['invoice.taxCode']}
              onInput={typing(props, 'taxCode')}
            />
            <TextField
              id="invoice.email"
              label={t('invoiceEmail')}
              type="email"
              inputMode="email"
              autocomplete="email"
              maxLength={200}
              value={draft.invoiceEmail}
              error={errors['invoice.email']}
              onInput={typing(props, 'invoiceEmail')}
            />
          </div>
          <TextField
            id="invoice.address"
            label={t('invoiceAddress')}
            optional
            maxLength={300}
            value={draft.invoiceAddress}
            error={errors['invoice.address']}
            onInput={typing(props, 'invoiceAddress')}
          />
        </div>
      )}
      <TextArea
        id="note"
        label={t('note')}
        hint={t('noteHint')}
        optional
        maxLength={500}
        rows={2}
        value={draft.note}
        error={errors.note}
        onInput={typing(props, 'note')}
      />
    </section>
  );
}
