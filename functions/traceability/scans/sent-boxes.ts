import type { Place } from '../../../shared/traceability/scans/viewer-place.ts';
import type { StoredLot } from '../store.ts';

/** Boxes of a lot by the province their packages go to, as counted on the lot when the packages were named (`recall-store.ts`). */
export const sentBoxes = (lot: StoredLot): Record<Place, number> =>
  Object.fromEntries(
    Object.entries(lot).flatMap(([name, value]) => {
      const place = /^sent(\d{2})$/.exec(name)?.[1];
      return place !== undefined && typeof value === 'number' ? [[place, value]] : [];
    }),
  );
