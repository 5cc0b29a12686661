/** A shopper tells the market what is odd about an item. */
import { useState } from 'preact/hooks';
import type { DoubtKind } from '../../shared/traceability/scans/contract.ts';
import { translator } from '../i18n/index.ts';
import { trace as texts } from '../i18n/vi.ts';
import { call } from '../platform/api.ts';
import { SelectField, TextArea, TextField } from '../ui/forms.tsx';
import { Notice, sayProblem } from '../ui/states.tsx';
import { deviceName } from './scan-count.ts';
import type { Trace } from './seven-items.ts';

const t = translator('trace', texts);
const kinds: readonly DoubtKind[] = ['copied', 'opened', 'mismatch', 'other'];
const leastText = 5;

export function DoubtForm({ trace }: { trace: Trace }) {
  const [kind, setKind] = useState<DoubtKind>('copied');
  const [text, setText] = useState('');
  const [phone, setPhone] = useState('');
  const [errors, setErrors] = useState<{ text?: string; phone?: string }>({});
  const [refusal, setRefusal] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [sentAs, setSentAs] = useState('');

  const send = async (event: Event) => {
    event.preventDefault();
    setRefusal('');
    if (text.trim().length < leastText) return setErrors({ text: t('doubtShort') });
    setErrors({});
    setIsBusy(true);
    // The same words of the same day are one report, so a lost answer may be asked for again.
    const answer = await call('POST /api/trace/{gtin}/{serial}/doubts', {
      params: { gtin: trace.gtin, serial: trace.serial },
      headers: { 'X-Device': deviceName() },
      body: { kind, text, ...(phone.trim() && { phone }) },
    });
    setIsBusy(false);
    if (answer.ok) return setSentAs(answer.data.id);
    if (answer.problem.errors.some(({ path }) => path === 'phone')) return setErrors({ phone: t('doubtPhoneWrong') });
    setRefusal(sayProblem(answer.problem));
  };

  if (sentAs) return <Notice tone="good">{t('doubtSent', { id: sentAs })}</Notice>;
  return (
    <form class="stack form" noValidate onSubmit={(e) => void send(e)}>
      <p class="soft">{t('doubtText')}</p>
      <SelectField
        id="doubt-kind"
        label={t('doubtKind')}
        options={kinds.map((value) => ({ value, label: t(`doubt_${value}`) }))}
        value={kind}
        onChange={(e) => setKind(kinds.find((k) => k === e.currentTarget.value) ?? 'other')}
      />
      <TextArea
        id="doubt-text"
        label={t('doubtLabel')}
        hint={t('doubtHint')}
        rows={4}
        maxLength={1_000}
        value={text}
        error={errors.text}
        onInput={(e) => setText(e.currentTarget.value)}
      />
      <TextField
        id="doubt-phone"
        label={t('doubtPhone')}
        hint={t('doubtPhoneHint')}
        type="tel"
        inputMode="tel"
        autocomplete="tel"
        maxLength={40}
        optional
        value={phone}
        error={errors.phone}
        onInput={(e) => setPhone(e.currentTarget.value)}
      />
      {refusal && <Notice tone="bad">{refusal}</Notice>}
      <button type="submit" class="button button--wide" disabled={isBusy}>
        {t('doubtSend')}
      </button>
    </form>
  );
}
