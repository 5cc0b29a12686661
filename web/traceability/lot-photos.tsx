/** Photos of one lot: what whoever scans its labels sees of the garden and the harvest. */
import { useState } from 'preact/hooks';
import { callAs } from '../accounts/session.ts';
import { translator } from '../i18n/index.ts';
import { lots } from '../i18n/vi.ts';
import { Notice, sayProblem } from '../ui/states.tsx';
import { lotPath } from './lot-download.ts';
import type { Lot } from './lot-draft.ts';
import { shrinkPhoto } from './shrink-photo.ts';

const t = translator('lots', lots);
const mostPhotos = 4;

export function LotPhotos({ lot, onChange }: { lot: Lot; onChange: (lot: Lot) => void }) {
  const [refusal, setRefusal] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const photos = lot.photos ?? [];

  const add = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    // The same file chosen again is a change again.
    input.value = '';
    if (!file) return;
    setRefusal('');
    setIsBusy(true);
    const picture = await shrinkPhoto(file);
    const answer = picture && (await callAs('POST /api/seller/lots/{lot}/photos', { params: { lot: lotPath(lot) }, body: picture }));
    setIsBusy(false);
    if (!answer) return setRefusal(t('photoUnreadable'));
    if (!answer.ok) return setRefusal(answer.problem.errors[0]?.message ?? sayProblem(answer.problem));
    onChange({ ...lot, photos: [...photos.filter(({ id }) => id !== answer.data.id), answer.data] });
  };
  const remove = async (photo: string) => {
    setRefusal('');
    setIsBusy(true);
    const answer = await callAs('DELETE /api/seller/lots/{lot}/photos/{photo}', { params: { lot: lotPath(lot), photo } });
    setIsBusy(false);
    // Another phone of the stall may have taken it away before.
    if (!answer.ok && answer.problem.status !== 404) return setRefusal(sayProblem(answer.problem));
    onChange({ ...lot, photos: photos.filter(({ id }) => id !== photo) });
  };

  return (
    <div class="stack stack--tight">
      {photos.length > 0 && (
        <ul class="lot-photos">
          {photos.map(({ id, url, width, height }, n) => (
            <li key={id}>
              <img src={url} width={width} height={height} alt={t('photoOf', { n: n + 1, lot: lot.lot })} loading="lazy" />
              <button
                type="button"
                class="button button--plain button--small"
                disabled={isBusy}
                aria-label={t('photoRemoveFor', { n: n + 1, lot: lot.lot })}
                onClick={() => void remove(id)}
              >
                {t('photoRemove')}
              </button>
            </li>
          ))}
        </ul>
      )}
      {photos.length < mostPhotos && (
        <label class="button button--quiet button--small lot-photos__add">
          {t(isBusy ? 'photoSending' : 'photoAdd')}
          <input
            type="file"
            class="visually-hidden"
            accept="image/*"
            disabled={isBusy}
            aria-label={t('photoAddFor', { lot: lot.lot })}
            onChange={(e) => void add(e.currentTarget)}
          />
        </label>
      )}
      {refusal && <Notice tone="bad">{refusal}</Notice>}
    </div>
  );
}
