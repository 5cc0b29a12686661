/** Province → commune → street. There are no districts since July 2025, but people still type them, so the market is asked. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { translator } from '../i18n/index.ts';
import { checkout } from '../i18n/vi.ts';
import { type Answer, call } from '../platform/api.ts';
import { Field, SelectField, TextField } from '../ui/forms.tsx';

const t = translator('checkout', checkout);
const askDelayMs = 180;

export interface AddressValue {
  provinceCode: string;
  communeCode: string;
  communeName: string;
  street: string;
}
type Commune = Answer<'GET /api/provinces/{code}/communes'>['items'][number];

interface CommuneProps {
  provinceCode: string;
  communeName: string;
  error: string | undefined;
  onPick: (commune: Pick<Commune, 'code' | 'fullName'> | undefined) => void;
}

/** A combobox after the ARIA pattern: type, arrow keys or tap, Enter. */
function CommuneField({ provinceCode, communeName, error, onPick }: CommuneProps) {
  const [typed, setTyped] = useState(communeName);
  const [found, setFound] = useState<Commune[]>();
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(0);
  const asked = useRef(0);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => setTyped(communeName), [communeName]);
  useEffect(() => {
    if (!isOpen || !provinceCode) return;
    const timer = setTimeout(async () => {
      asked.current += 1;
      const mine = asked.current;
      const answer = await call('GET /api/provinces/{code}/communes', {
        params: { code: provinceCode },
        query: { q: typed === communeName ? '' : typed },
      });
      if (mine !== asked.current || !answer.ok) return;
      setFound(answer.data.items);
      setActive(0);
    }, askDelayMs);
    return () => clearTimeout(timer);
  }, [typed, provinceCode, isOpen, communeName]);

  const pick = (commune: Commune) => {
    onPick(commune);
    setTyped(commune.fullName);
    setIsOpen(false);
  };
  const move = (to: number) => {
    const next = Math.max(0, Math.min(to, (found?.length ?? 1) - 1));
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (isOpen) move(active + (event.key === 'ArrowDown' ? 1 : -1));
      else setIsOpen(true);
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      const commune = found?.[active];
      if (commune) pick(commune);
    } else if (event.key === 'Escape') setIsOpen(false);
  };

  const isShown = isOpen && found !== undefined && found.length > 0;
  return (
    <Field id="shipTo.communeCode" label={t('commune')} hint={t(provinceCode ? 'communeHint' : 'communeFirst')} error={error}>
      <input
        class="input"
        id="shipTo.communeCode"
        role="combobox"
        autocomplete="off"
        value={typed}
        disabled={!provinceCode}
        aria-expanded={isShown}
        aria-controls="communes"
        aria-autocomplete="list"
        aria-activedescendant={isShown ? `commune-${found[active]?.code}` : undefined}
        aria-describedby={`shipTo.communeCode-hint${error ? ' shipTo.communeCode-error' : ''}`}
        aria-invalid={error ? 'true' : undefined}
        onFocus={(event) => {
          setIsOpen(true);
          event.currentTarget.select();
          // Room for the list above the keyboard of a phone.
          event.currentTarget.closest('.field')?.scrollIntoView({ block: 'start' });
        }}
        onBlur={() => setTimeout(() => setIsOpen(false), 150)}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setIsOpen(true);
          if (communeName) onPick(undefined);
        }}
        onKeyDown={onKey}
      />
      <div class="options" id="communes" role="listbox" aria-label={t('commune')} hidden={!isShown} ref={list}>
        {isShown &&
          found.map((c, i) => (
            // Pointer down is stopped because the field's blur would close the list before the click.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and handles the keys, as the ARIA combobox pattern wants
            <div
              key={c.code}
              id={`commune-${c.code}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(c)}
            >
              {c.fullName}
              {c.formerly && <span class="soft small">{t('communeFormerly', { names: c.formerly.join(', ') })}</span>}
            </div>
          ))}
      </div>
      <span class="small soft" role="status">
        {isOpen && found?.length === 0 && t('communeNone')}
      </span>
    </Field>
  );
}

interface Props {
  value: AddressValue;
  errors: Readonly<Record<string, string>>;
  onChange: (part: Partial<AddressValue>) => void;
}

export function AddressFields({ value, errors, onChange }: Props) {
  const [provinces, setProvinces] = useState<{ code: string; name: string }[]>([]);
  useEffect(() => {
    void call('GET /api/provinces', {}).then((answer) => answer.ok && setProvinces(answer.data.items));
  }, []);
  return (
    <div class="form-section">
      <SelectField
        id="shipTo.provinceCode"
        label={t('province')}
        autocomplete="address-level1"
        value={value.provinceCode}
        error={errors['shipTo.provinceCode']}
        options={[{ value: '', label: t('chooseProvince') }, ...provinces.map((p) => ({ value: p.code, label: p.name }))]}
        onChange={(event) => onChange({ provinceCode: event.currentTarget.value, communeCode: '', communeName: '' })}
      />
      <CommuneField
        key={value.provinceCode}
        provinceCode={value.provinceCode}
        communeName={value.communeName}
        error={errors['shipTo.communeCode'] ?? errors.shipTo}
        onPick={(c) => onChange({ communeCode: c?.code ?? '', communeName: c?.fullName ?? '' })}
      />
      <TextField
        id="shipTo.street"
        label={t('street')}
        hint={t('streetHint')}
        autocomplete="street-address"
        maxLength={200}
        value={value.street}
        error={errors['shipTo.street']}
        onInput={(event) => onChange({ street: event.currentTarget.value })}
      />
    </div>
  );
}
