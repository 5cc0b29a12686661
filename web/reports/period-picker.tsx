import { useState } from 'preact/hooks';
import { translator } from '../i18n/index.ts';
import { reports, workspace } from '../i18n/vi.ts';
import { TextField } from '../ui/forms.tsx';
import { isAskable, type Period, type PeriodName, periodNames, periodOf } from './period.ts';

const t = translator('reports', reports);
const tWork = translator('workspace', workspace);

export function PeriodPicker({ name, period, today, onPick }: { name: PeriodName; period: Period; today: string; onPick: (name: PeriodName, period: Period) => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const [custom, setCustom] = useState(period);
  const [isWrong, setIsWrong] = useState(false);
  const pick = (chosen: PeriodName) => {
    setIsOpen(chosen === 'custom');
    if (chosen === 'custom') setCustom(period);
    else onPick(chosen, periodOf(chosen, today));
  };
  const apply = (event: Event) => {
    event.preventDefault();
    setIsWrong(!isAskable(custom));
    if (isAskable(custom)) onPick('custom', custom);
  };
  const shown = isOpen ? 'custom' : name;
  return (
    <div class="stack stack--tight">
      <div class="chips" role="group" aria-label={t('period')}>
        {periodNames.map((p) => (
          <button type="button" class="chip" key={p} aria-pressed={p === shown} onClick={() => pick(p)}>
            {t(`period_${p}`)}
          </button>
        ))}
      </div>
      {isOpen && (
        <form class="custom-period" noValidate onSubmit={apply}>
          <TextField id="from" type="date" max={today} label={tWork('from')} value={custom.from} onInput={(e) => setCustom({ ...custom, from: e.currentTarget.value })} />
          <TextField
            id="to"
            type="date"
            max={today}
            label={tWork('to')}
            value={custom.to}
            error={isWrong ? t('customWrong') : undefined}
            onInput={(e) => setCustom({ ...custom, to: e.currentTarget.value })}
          />
          <button type="submit" class="button">
            {tWork('apply')}
          </button>
        </form>
      )}
    </div>
  );
}
