/** What a seller has typed about a lot, what is wrong with it, and the request made of it. */
import type { lots } from '../i18n/vi/lots.ts';
import type { Answer, Asked } from '../platform/api.ts';
import { parseKilograms } from '../platform/parse.ts';

export type Lot = Answer<'GET /api/seller/lots'>['items'][number];
type NewLot = Asked<'POST /api/seller/lots'>['body'];

export interface LotDraft {
  sku: string;
  lot: string;
  harvestedOn: string;
  useBy: string;
  kilograms: string;
  area: string;
  certificateKind: string;
  certificateNumber: string;
  certificateUntil: string;
  note: string;
}

/** A number nobody has to think about: the day it is recorded, `261122-1`. */
export function suggestLot(today: string, taken: readonly string[]): string {
  const day = today.slice(2).replaceAll('-', '');
  let n = 1;
  while (taken.includes(`${day}-${n}`)) n += 1;
  return `${day}-${n}`;
}

type Words = keyof typeof lots;
export type Mistakes = Partial<Record<'lot' | 'harvestedOn' | 'useBy' | 'quantityGrams' | 'plantingAreaCode' | 'certificates', Words>>;

export function findMistakes(draft: LotDraft): Mistakes {
  const hasKind = draft.certificateKind.trim() !== '';
  const hasNumber = draft.certificateNumber.trim() !== '';
  return {
    ...(!/^[A-Z0-9][A-Z0-9._-]{0,19}$/.test(draft.lot.trim().toUpperCase()) && { lot: 'lotWrong' }),
    ...(draft.harvestedOn === '' && { harvestedOn: 'harvestedMissing' }),
    ...(draft.useBy !== '' && draft.useBy < draft.harvestedOn && { useBy: 'useByWrong' }),
    ...(parseKilograms(draft.kilograms) === undefined && { quantityGrams: 'quantityWrong' }),
    ...(draft.area.trim() !== '' && !/^[A-Z0-9.\-/]{4,40}$/.test(draft.area.trim().toUpperCase()) && { plantingAreaCode: 'areaWrong' }),
    ...((hasKind !== hasNumber || (draft.certificateUntil !== '' && !hasKind)) && { certificates: 'certificateHalf' }),
  };
}

/** Only for a draft without mistakes. */
export function lotRequest(draft: LotDraft): NewLot {
  const area = draft.area.trim().toUpperCase();
  const kind = draft.certificateKind.trim();
  return {
    sku: draft.sku,
    lot: draft.lot.trim().toUpperCase(),
    harvestedOn: draft.harvestedOn,
    ...(draft.useBy && { useBy: draft.useBy }),
    quantityGrams: parseKilograms(draft.kilograms) ?? 0,
    ...(area && { plantingAreaCode: area }),
    ...(kind && {
      certificates: [
        { kind, number: draft.certificateNumber.trim(), ...(draft.certificateUntil && { validUntil: draft.certificateUntil }) },
      ],
    }),
    ...(draft.note.trim() && { note: draft.note.trim() }),
  };
}

/**
 * The key of a write that must not happen twice. The same content keeps its key until the market has answered for certain,
 * so pressing again after a lost connection is safe; other content is another write.
 */
export function keyKeeper(newKey: () => string = () => crypto.randomUUID()) {
  let kept: { content: string; key: string } | undefined;
  return {
    keyFor(content: unknown): string {
      const text = JSON.stringify(content);
      if (kept?.content !== text) kept = { content: text, key: newKey() };
      return kept.key;
    },
    answered: () => {
      kept = undefined;
    },
  };
}
