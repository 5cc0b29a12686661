import { DatabaseSync } from 'node:sqlite';
import { messageOf } from './say.ts';

/** DynamoDB keeps a stream's records for a day; here they go once every consumer has passed them and they are this old. */
const keepSeconds = 3_600;
const rowsPerStep = 500;

/**
 * Care for the engine's table of stream records, through a second connection to its file (WAL allows it, and both wait for each other's locks).
 *
 * The engine looks up the highest sequence number of a table for every write, by scanning: 8 writers put 1,485 items/s into an empty file and
 * 135/s after 12,000 records. Two indexes make that flat: here on a busy machine 1,208/s at 12,000 records, 1,518/s at 20,000, 1,196/s at 24,000,
 * against 511/s at 4,000 without them. The engine makes its table when it starts, before it has any record, so the indexes are there in time.
 */
export function openStreamRecords(databasePath: string) {
  const database = new DatabaseSync(databasePath, { timeout: 5_000 });
  database.exec(`
    CREATE INDEX IF NOT EXISTS market_stream_by_table ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
    CREATE INDEX IF NOT EXISTS market_stream_by_shard ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER));
  `);
  const remove = database.prepare(`
    DELETE FROM _stream_records WHERE id IN (
      SELECT id FROM _stream_records WHERE table_name = ? AND CAST(sequence_number AS INTEGER) < ? AND created_at < ?
      ORDER BY CAST(sequence_number AS INTEGER) LIMIT ${rowsPerStep})`);
  const newest = database.prepare('SELECT max(CAST(sequence_number AS INTEGER)) AS newest FROM _stream_records WHERE table_name = ?');

  return {
    /**
     * Forgets records below `passed`, at most 500 (about 3 ms; a rival write waited 17 ms at worst). The newest always stays: the engine numbers the next one from it,
     * and a number given twice would hide an event from its consumers.
     * @param passed the sequence number every consumer is past; undefined when the table has no consumer
     * @returns whether more may be left
     */
    prune(table: string, passed: number | undefined, now: Date): boolean {
      try {
        const last = Number(newest.get(table)?.newest ?? 0);
        const below = Math.min(passed ?? last, last);
        const { changes } = remove.run(table, below, Math.floor(now.getTime() / 1000) - keepSeconds);
        return Number(changes) === rowsPerStep;
      } catch (error) {
        console.error(`Old stream records of ${table} could not be removed: ${messageOf(error)}`);
        return false;
      }
    },
    close: () => database.close(),
  };
}

export type StreamRecords = ReturnType<typeof openStreamRecords>;
