import { addDays, addMonths, businessDay } from '../../platform/time.ts';

/*
 * How long records are kept (Circular 31/2026/TT-BCT, Art. 8): 12 months after the use-by day, and 60 months for goods that have none,
 * such as pottery. The circular says the least; the market forgets after that, for what is not kept cannot be stolen.
 */
const monthsAfterUseBy = 12;
const monthsWithoutUseBy = 60;

/** Whatever a record is about, it is kept this long after it was made: a lot can be recorded after its use-by day. */
export const leastMonths = monthsAfterUseBy;

export interface KeptLot {
  /** `YYYY-MM-DD` */
  useBy?: string | undefined;
  /** When the last thing was recorded of it: the lot itself, codes, a sale. An instant. */
  lastRecordedAt: string;
}

const later = (a: string, b: string): string => (a > b ? a : b);
const dayOf = (instant: string): string => businessDay(new Date(instant));

/**
 * The last day on which the records of a lot are kept. The 60 months of goods without a use-by day begin with the last thing recorded of
 * them, the longest reading of a rule that names no beginning.
 */
export const keepLotUntil = ({ useBy, lastRecordedAt }: KeptLot): string =>
  useBy === undefined
    ? addMonths(dayOf(lastRecordedAt), monthsWithoutUseBy)
    : later(addMonths(useBy, monthsAfterUseBy), addMonths(dayOf(lastRecordedAt), leastMonths));

/**
 * The last day on which an event is kept: as long as any lot it names. One that names no lot of the market (a pallet, a room, another's
 * goods) is kept as if its goods had no use-by day.
 * @param lots the last days of the lots it names
 */
export const keepEventUntil = (recordTime: string, lots: readonly string[]): string =>
  lots.length === 0 ? addMonths(dayOf(recordTime), monthsWithoutUseBy) : lots.reduce(later, addMonths(dayOf(recordTime), leastMonths));

/** The first day on which what is kept until `day` may go. */
export const dueAfter = (day: string): string => addDays(day, 1);
