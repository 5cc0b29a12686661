/** The seven things a consumer must be shown free of charge (TT 31/2026/TT-BCT, Art. 7), in the order of the circular. */
import { serialGroups } from '../../shared/traceability/digital-link.ts';
import { translator } from '../i18n/index.ts';
import { trace as texts } from '../i18n/vi.ts';
import type { Answer } from '../platform/api.ts';
import { formatDay } from '../platform/format.ts';

const t = translator('trace', texts);
export type Trace = Answer<'GET /api/trace/{gtin}/{serial}'>;

export const saySerial = (serial: string): string => serialGroups(serial).join(' ');

/** What is not recorded is said to be so: an invented use-by day would be worse than none. */
export function sevenItems(trace: Trace): { name: string; value: string }[] {
  const { product, seller, lot } = trace;
  return [
    { name: t('i_name'), value: product ? `${product.name}, ${product.variant}` : t('unknown') },
    { name: t('i_origin'), value: seller ? t('origin', { place: seller.commune.name }) : t('unknown') },
    { name: t('i_picture'), value: t(product?.image ? 'pictureYes' : 'pictureNo') },
    { name: t('i_unit'), value: seller?.name ?? t('unknown') },
    { name: t('i_address'), value: seller?.address ?? t('unknown') },
    { name: t('i_lot'), value: lot ? t('lotSerial', { lot: lot.lot, serial: saySerial(trace.serial) }) : saySerial(trace.serial) },
    { name: t('i_until'), value: lot?.useBy ? t('useBy', { day: formatDay(lot.useBy) }) : t('untilNone') },
  ];
}
