/*
 * A day's record of one seller's events, and each record holding the hash of the one before: whoever kept a hash can see later whether
 * anything of that day or of any day before it was changed, taken away or put in. All hashes are SHA-256 of text in hexadecimal, so that
 * they can be made again with the tools of any computer.
 */

/** SHA-256 of the text's UTF-8 bytes as 64 hexadecimal digits; handed in, since these rules run in browsers too. */
export type Sha256Hex = (text: string) => string;

export interface DayRecord {
  /** A business day in Asia/Ho_Chi_Minh with at least one event. */
  day: string;
  count: number;
  firstRecordTime: string;
  lastRecordTime: string;
  /** Of the fingerprints of the day's events, in the order in which they were recorded. */
  merkleRoot: string;
  /** The hash of the seller's last day before this one that had events; `noDayBefore` for the first. */
  previous: string;
  hash: string;
}

/** What stands as `previous` in a seller's first record. */
export const noDayBefore = '0'.repeat(64);

/** One event of a closed day. */
export interface Leaf {
  /** Short name of the event for keys. */
  ref: string;
  recordTime: string;
  fingerprint: string;
  /** Absent once the event was forgotten. */
  eventID?: string | undefined;
  /** The business day on which its keeping time was found to be over. */
  forgottenOn?: string | undefined;
}

/** The order of the leaves: by record time, and in one write by name. */
export const byRecord = (a: Pick<Leaf, 'recordTime' | 'ref'>, b: Pick<Leaf, 'recordTime' | 'ref'>): number => {
  const [x, y] = [`${a.recordTime}#${a.ref}`, `${b.recordTime}#${b.ref}`];
  return x < y ? -1 : x > y ? 1 : 0;
};

/** The two words keep a leaf from ever being taken for a node (RFC 6962, 2.1 does the same with a byte). */
const leafHash = (fingerprint: string, sha256: Sha256Hex): string => sha256(`leaf\n${fingerprint}`);
const nodeHash = (left: string, right: string, sha256: Sha256Hex): string => sha256(`node\n${left}\n${right}`);

/** The tree from its leaves to its root; a hash without a neighbour goes up as it is. */
function levelsOf(fingerprints: readonly string[], sha256: Sha256Hex): string[][] {
  const levels = [fingerprints.map((fingerprint) => leafHash(fingerprint, sha256))];
  for (let level = levels[0] ?? []; level.length > 1; ) {
    const above: string[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left = '', right] = level.slice(i, i + 2);
      above.push(right === undefined ? left : nodeHash(left, right, sha256));
    }
    levels.push(above);
    level = above;
  }
  return levels;
}

/** @param fingerprints at least one */
export function merkleRoot(fingerprints: readonly string[], sha256: Sha256Hex): string {
  const root = levelsOf(fingerprints, sha256).at(-1)?.[0];
  if (root === undefined) throw new Error('a day without events has no root');
  return root;
}

/** What leads from one fingerprint to the root: the neighbour on each level, and on which side of it to write it. */
export type MerklePath = { side: 'left' | 'right'; hash: string }[];

/** The path of the fingerprint at `index`. */
export function merklePath(fingerprints: readonly string[], index: number, sha256: Sha256Hex): MerklePath {
  if (!(index in fingerprints)) throw new Error(`no leaf ${index} among ${fingerprints.length}`);
  return levelsOf(fingerprints, sha256).flatMap((level, height) => {
    const at = Math.floor(index / 2 ** height);
    const hash = level[at % 2 === 0 ? at + 1 : at - 1];
    return hash === undefined ? [] : [{ side: at % 2 === 0 ? ('right' as const) : ('left' as const), hash }];
  });
}

/** The root that a fingerprint leads to on a path; whoever kept the day's root compares. */
export const rootOn = (fingerprint: string, path: MerklePath, sha256: Sha256Hex): string =>
  path.reduce(
    (below, { side, hash }) => (side === 'left' ? nodeHash(hash, below, sha256) : nodeHash(below, hash, sha256)),
    leafHash(fingerprint, sha256),
  );

/** The text whose hash is the record's: eight lines without a line end behind the last. */
export const recordText = (
  sellerId: string,
  { day, count, firstRecordTime, lastRecordTime, merkleRoot: root, previous }: Omit<DayRecord, 'hash'>,
): string => ['cho-kinh-bac chain 1', sellerId, day, count, firstRecordTime, lastRecordTime, root, previous].join('\n');

/** Closes a day. @param leaves at least one, in any order */
export function dayRecord(sellerId: string, day: string, leaves: readonly Leaf[], previous: string, sha256: Sha256Hex): DayRecord {
  const ordered = leaves.toSorted(byRecord);
  const record = {
    day,
    count: ordered.length,
    firstRecordTime: ordered[0]?.recordTime ?? '',
    lastRecordTime: ordered.at(-1)?.recordTime ?? '',
    merkleRoot: merkleRoot(
      ordered.map(({ fingerprint }) => fingerprint),
      sha256,
    ),
    previous,
  };
  return { ...record, hash: sha256(recordText(sellerId, record)) };
}
