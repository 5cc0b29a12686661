/** Fields that say what they want, what was wrong, and are big enough for a thumb. */
import type { ComponentChildren, InputHTMLAttributes, SelectHTMLAttributes, TextareaHTMLAttributes } from 'preact';
import { translator } from '../i18n/index.ts';
import { common } from '../i18n/vi.ts';

const t = translator('common', common);

interface FieldText {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  optional?: boolean;
}

const describedBy = ({ id, hint, error }: FieldText) =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;

/** Label, hint and error around any control; the control gets the ids from `describe(field)`. */
export function Field({ children, ...field }: FieldText & { children: ComponentChildren }) {
  return (
    <div class="field">
      <label class="field__label" for={field.id}>
        {field.label} {field.optional && <span class="field__optional">({t('optional')})</span>}
      </label>
      {field.hint && (
        <span class="field__hint" id={`${field.id}-hint`}>
          {field.hint}
        </span>
      )}
      {children}
      {field.error && (
        <span class="field__error" id={`${field.id}-error`}>
          {field.error}
        </span>
      )}
    </div>
  );
}

export function TextField({ id, label, hint, error, optional, ...input }: FieldText & Omit<InputHTMLAttributes, 'label' | 'id'>) {
  const field = { id, label, hint, error, optional: optional ?? false };
  return (
    <Field {...field}>
      <input class="input" id={id} name={id} aria-describedby={describedBy(field)} aria-invalid={error ? 'true' : undefined} {...input} />
    </Field>
  );
}

export function SelectField({
  id,
  label,
  hint,
  error,
  optional,
  options,
  ...select
}: FieldText & { options: readonly { value: string; label: string }[] } & Omit<SelectHTMLAttributes, 'label' | 'id'>) {
  const field = { id, label, hint, error, optional: optional ?? false };
  return (
    <Field {...field}>
      <select class="input" id={id} name={id} aria-describedby={describedBy(field)} aria-invalid={error ? 'true' : undefined} {...select}>
        {options.map((o) => (
          <option key={o.value} value={o.value}>
            {o.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function TextArea({ id, label, hint, error, optional, ...area }: FieldText & Omit<TextareaHTMLAttributes, 'label' | 'id'>) {
  const field = { id, label, hint, error, optional: optional ?? false };
  return (
    <Field {...field}>
      <textarea class="input" id={id} name={id} aria-describedby={describedBy(field)} aria-invalid={error ? 'true' : undefined} {...area} />
    </Field>
  );
}

/** One card of a group of radio buttons; `children` is the second, quieter line. */
export function RadioCard({
  label,
  children,
  ...input
}: { label: ComponentChildren; children?: ComponentChildren } & Omit<InputHTMLAttributes, 'label'>) {
  return (
    <label class="choice">
      <input type="radio" {...input} />
      <span>
        <strong>{label}</strong>
        {children && <span class="soft small block">{children}</span>}
      </span>
    </label>
  );
}

export const quantityLimit = 9_999;

/** Minus, number, plus. Typing an empty or silly number falls back to what was there. */
export function Stepper({
  value,
  max = quantityLimit,
  label,
  onChange,
}: {
  value: number;
  max?: number;
  label: string;
  onChange: (n: number) => void;
}) {
  const most = Math.max(1, Math.min(max, quantityLimit));
  const set = (n: number) => onChange(Math.min(most, Math.max(1, Math.trunc(n) || value)));
  return (
    <fieldset class="stepper" aria-label={label}>
      <button type="button" aria-label={t('less')} disabled={value <= 1} onClick={() => set(value - 1)}>
        −
      </button>
      <input
        type="number"
        inputMode="numeric"
        min="1"
        max={most}
        value={value}
        aria-label={label}
        onChange={(e) => {
          set(Number(e.currentTarget.value));
          e.currentTarget.value = String(value);
        }}
      />
      <button type="button" aria-label={t('more')} disabled={value >= most} onClick={() => set(value + 1)}>
        +
      </button>
    </fieldset>
  );
}
