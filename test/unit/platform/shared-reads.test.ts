import { describe, expect, test } from 'vitest';
import { createSharedReads } from '../../../infra/local/shared-reads.ts';

const read = (...sequence: string[]) => ({
  records: sequence.map((SequenceNumber) => ({ dynamodb: { SequenceNumber } })),
  next: `after ${sequence.at(-1)}`,
  isFull: false,
});

describe('what one reader of a stream leaves to the other', () => {
  test('is found from the same place of the same shard, once', () => {
    const shared = createSharedReads();
    const found = read('11', '12');
    shared.leave('shard-1', '10', found);
    expect(shared.take('shard-2', '10')).toBeUndefined();
    expect(shared.take('shard-1', '12')).toBeUndefined();
    expect(shared.take('shard-1', '10')).toBe(found);
    expect(shared.take('shard-1', '10')).toBeUndefined();
  });

  test('is nothing where nothing was found: something may have come since', () => {
    const shared = createSharedReads();
    shared.leave('shard-1', '10', read());
    expect(shared.take('shard-1', '10')).toBeUndefined();
  });

  test('is the last it read: who is far behind reads for itself', () => {
    const shared = createSharedReads();
    shared.leave('shard-1', '10', read('11'));
    shared.leave('shard-1', '11', read('12'));
    expect(shared.take('shard-1', '10')).toBeUndefined();
    expect(shared.take('shard-1', '11')?.records).toHaveLength(1);
  });
});
