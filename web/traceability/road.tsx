/** The road of an item as stops on a line, with the day and, where it was measured, how cool it was kept. */
import { translator } from '../i18n/index.ts';
import { trace as texts } from '../i18n/vi.ts';
import { formatDay, formatMoment } from '../platform/format.ts';
import type { Trace } from './seven-items.ts';

const t = translator('trace', texts);
type Step = Trace['journey'][number];

/** Steps without a name of ours yet (a carrier, a pack house) show their sentence alone. */
const stepName = (step: string): string | undefined => {
  const key = `step_${step}`;
  return key in texts ? t(key as 'step_coded') : undefined;
};

const degrees = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });

function Cold({ temperature }: { temperature: NonNullable<Step['temperature']> }) {
  const { minC, maxC, alarm } = temperature;
  const [min, max] = [degrees.format(minC), degrees.format(maxC)];
  return (
    <span class={alarm ? 'badge badge--bad' : 'badge badge--info'}>
      {min === max ? t('temperatureOne', { min }) : t('temperature', { min, max })}
      {alarm && `, ${t('temperatureAlarm')}`}
    </span>
  );
}

/** Day and month large, as on a calendar leaf; the minute only for what has one. */
function When({ step: { step, at } }: { step: Step }) {
  const day = formatDay(at);
  return (
    <time class="road__when" dateTime={at}>
      {day.slice(0, 5)}
      <span class="soft block">{day.slice(6)}</span>
      {step !== 'harvested' && <span class="soft block">{formatMoment(at).slice(0, 5)}</span>}
    </time>
  );
}

export function Road({ trace }: { trace: Trace }) {
  if (trace.journey.length === 0) return null;
  return (
    <section class="card stack">
      <h2 class="headline">{t('journey')}</h2>
      <ol class="road">
        {trace.journey.map((step) => (
          <li
            key={step.at + step.step}
            class={`road__stop${step.place ? ' road__stop--place' : ''}${step.step === 'recalled' ? ' road__stop--bad' : ''}`}
          >
            <When step={step} />
            <div class="road__what">
              {step.place && <strong class="road__place">{step.place}</strong>}
              {stepName(step.step) && <strong class="block">{stepName(step.step)}</strong>}
              <span class="block">{step.text}</span>
              {step.temperature && <Cold temperature={step.temperature} />}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
