/** Handing over: who carries it, and under which number the buyer can follow it. */
import { useState } from 'preact/hooks';
import { translator } from '../i18n/index.ts';
import { sellerOrders, workspace } from '../i18n/vi.ts';
import { SelectField, TextField } from '../ui/forms.tsx';
import type { SellerPackage } from './seller-board.ts';

const t = translator('sellerOrders', sellerOrders);
const tWork = translator('workspace', workspace);

/** No carrier is connected yet, so names and numbers are typed as they stand on the carrier's slip. */
const carriers = ['Viettel Post', 'VNPost', 'GHN', 'GHTK'];
const lastCarrierKey = 'ben-van-chuyen';

export interface Handover {
  carrier: string;
  trackingNumber: string;
}

export function ShipForm({
  pkg,
  isBusy,
  onShip,
  onCancel,
}: {
  pkg: SellerPackage;
  isBusy: boolean;
  onShip: (by: Handover) => void;
  onCancel: () => void;
}) {
  const isPickup = pkg.delivery === 'pickup';
  const options = [...(isPickup ? [t('carrierPickup')] : []), ...carriers, t('carrierOwn'), t('carrierOther')];
  const [carrier, setCarrier] = useState(() => {
    const last = localStorage.getItem(lastCarrierKey);
    if (isPickup) return t('carrierPickup');
    return last && options.includes(last) ? last : (carriers[0] ?? '');
  });
  const [other, setOther] = useState('');
  const [number, setNumber] = useState('');
  const [isWrong, setIsWrong] = useState(false);

  const isOther = carrier === t('carrierOther');
  // Somebody who brings it in person has no number: the order's code is what the buyer knows.
  const hasNoNumber = carrier === t('carrierOwn') || carrier === t('carrierPickup');
  const by: Handover = { carrier: isOther ? other.trim() : carrier, trackingNumber: number.trim() || (hasNoNumber ? pkg.code : '') };
  const submit = (event: Event) => {
    event.preventDefault();
    const isComplete = by.carrier !== '' && by.trackingNumber !== '';
    setIsWrong(!isComplete);
    if (!isComplete) return;
    localStorage.setItem(lastCarrierKey, carrier);
    onShip(by);
  };
  const id = (name: string) => `${name}-${pkg.packageId}`;
  return (
    <form class="stack ship-form" noValidate onSubmit={submit}>
      <SelectField
        id={id('carrier')}
        label={t('carrier')}
        options={options.map((o) => ({ value: o, label: o }))}
        value={carrier}
        onChange={(e) => setCarrier(e.currentTarget.value)}
      />
      {isOther && (
        <TextField
          id={id('other')}
          label={t('carrierName')}
          maxLength={60}
          value={other}
          error={isWrong && !by.carrier ? t('carrierMissing') : undefined}
          onInput={(e) => setOther(e.currentTarget.value)}
        />
      )}
      <TextField
        id={id('tracking')}
        label={t('tracking')}
        hint={t('trackingHint')}
        maxLength={60}
        autocomplete="off"
        autocapitalize="characters"
        placeholder={hasNoNumber ? pkg.code : undefined}
        value={number}
        error={isWrong && !by.trackingNumber ? t('trackingMissing') : undefined}
        onInput={(e) => setNumber(e.currentTarget.value)}
      />
      <button type="submit" class="button button--wide button--leaf" disabled={isBusy}>
        {t('shipNow')}
      </button>
      <button type="button" class="button button--plain" onClick={onCancel}>
        {tWork('cancel')}
      </button>
    </form>
  );
}
