import { useState } from 'preact/hooks';
import { translator } from '../i18n/index.ts';
import { reports, workspace } from '../i18n/vi.ts';
import { Chips } from '../ui/Chips.tsx';
import { TextField } from '../ui/forms.tsx';
import { isAskable, type Period, type PeriodName, periodNames, periodOf } from './period.ts';

const t = translator('reports', reports);
const tWork = translator('workspace', workspace);

export function PeriodPicker({
  name,
  period,
  today,
  onPick,
}: {
  name: PeriodName;
  period: Period;
  today: string;
  onPick: (name: PeriodName, period: Period) => void;
}) {
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
  return (
    <div class="stack stack--tight">
      <Chips
        label={t('period')}
        options={periodNames.map((p) => ({ value: p, label: t(`period_${p}`) }))}
        chosen={isOpen ? 'custom' : name}
        onChoose={pick}
      />
      {isOpen && (
        <form class="custom-period" noValidate onSubmit={apply}>
          <TextField
            id="from"
            type="date"
            max={today}
            label={tWork('from')}
            value={custom.from}
            onInput={(e) => setCustom({ ...custom, from: e.currentTarget.value })}
          />
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
