/** One choice of a few, always all in sight. */
interface Props<V extends string | number> {
  label: string;
  options: readonly { value: V; label: string }[];
  chosen: V;
  onChoose: (value: V) => void;
}

export function Chips<V extends string | number>({ label, options, chosen, onChoose }: Props<V>) {
  return (
    <fieldset class="chips no-print">
      <legend class="visually-hidden">{label}</legend>
      {options.map((o) => (
        <button type="button" class="chip" key={o.value} aria-pressed={o.value === chosen} onClick={() => onChoose(o.value)}>
          {o.label}
        </button>
      ))}
    </fieldset>
  );
}
