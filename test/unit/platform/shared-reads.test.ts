import { describe, expect, test } from 'vitest';
import { createSharedReads } from '../../../infra/local/shared-reads.ts';

const found = (...sequence: string[]) => ({
  records: sequence.map((SequenceNumber) => ({ dynamodb: { SequenceNumber } })),
  next: `after ${sequence.at(-1)}`,
  isFull: false,
});
/** A stream that answers these, one after the other, when it is let go. */
function stream(...answers: ReturnType<typeof found>[]) {
  let reads = 0;
  const load = async () => answers[reads++] ?? found();
  return { load, reads: () => reads };
}

describe('two readers of a stream', () => {
  test('at the same place read once, whether the first has its answer yet or not', async () => {
    const [shared, { load, reads }] = [createSharedReads(), stream(found('11', '12'), found('13'))];
    const both = await Promise.all([shared.read('shard-1', '10', load), shared.read('shard-1', '10', load)]);
    expect(both[0]).toBe(both[1]);
    const first = await shared.read('shard-1', '12', load);
    expect(await shared.read('shard-1', '12', load)).toBe(first);
    expect(reads()).toBe(2);
  });

  test('at other places, or in other shards, read for themselves; and nothing is passed on twice', async () => {
    const [shared, { load, reads }] = [createSharedReads(), stream(found('11'), found('21'), found('12'), found('11'))];
    await shared.read('shard-1', '10', load);
    await shared.read('shard-2', '10', load);
    await shared.read('shard-1', '11', load);
    await shared.read('shard-1', '10', load);
    expect(reads()).toBe(4);
  });

  test('do not tell each other that there is nothing: something may have come since', async () => {
    const [shared, { load, reads }] = [createSharedReads(), stream(found(), found('11'))];
    expect((await shared.read('shard-1', '10', load)).records).toHaveLength(0);
    expect((await shared.read('shard-1', '10', load)).records).toHaveLength(1);
    expect(reads()).toBe(2);
  });

  test('do not share a failure', async () => {
    const shared = createSharedReads();
    const broken = () => Promise.reject(new Error('the line was cut'));
    const failed = shared.read('shard-1', '10', broken);
    const other = shared.read('shard-1', '10', stream(found('11')).load);
    await expect(failed).rejects.toThrow('the line was cut');
    expect((await other).records).toHaveLength(1);
  });
});
