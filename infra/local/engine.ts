import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { type Child, freePort, startChild, untilAnswers } from './children.ts';
import { messageOf, Stop } from './say.ts';

export interface Engine {
  endpoint: string;
  /** Absent when another server was given with DYNAMODB_ENDPOINT. */
  child?: Child;
  databasePath?: string;
}

/** The binary of the npm package where there is one (Linux x64), else `dynoxide` on the PATH. */
function engineBinary(): string {
  try {
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch {
    const found = (process.env.PATH ?? '')
      .split(delimiter)
      .map((folder) => join(folder, process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide'))
      .find(existsSync);
    if (found) return found;
    throw new Stop(
      'Không tìm thấy máy dữ liệu dynoxide cho hệ máy này. Xin cài dynoxide vào PATH, hoặc chạy DynamoDB Local và đặt DYNAMODB_ENDPOINT.',
      'No dynoxide engine for this platform; put `dynoxide` on the PATH, or run DynamoDB Local and set DYNAMODB_ENDPOINT.',
    );
  }
}

const largestChecked = 64 * 1024 * 1024;

/**
 * A damaged file is told before the engine meets it, which would only answer every request with an error.
 * The whole file is read while it is small (64 MB takes about a tenth of a second); of a larger one the header and the list of tables.
 * @throws Stop
 */
function checkDatabase(path: string): void {
  if (!existsSync(path) || statSync(path).size === 0) return;
  const damaged = (why: string) =>
    new Stop(
      `Tệp dữ liệu ${path} đã hỏng (${why}). Xin chuyển tệp này (cùng -wal và -shm) đi chỗ khác rồi chép lại bản sao lưu; không có bản sao thì khởi động lại với tệp trống.`,
      'The database file is damaged; move it (with -wal and -shm) away and restore a backup, or start anew without it.',
    );
  const header = Buffer.alloc(16);
  const file = openSync(path, 'r');
  readSync(file, header, 0, 16, 0);
  closeSync(file);
  if (header.toString('latin1') !== 'SQLite format 3\0') throw damaged('không phải tệp SQLite');
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 2_000 });
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    if (statSync(path).size <= largestChecked) {
      const [found] = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {});
      if (found !== 'ok') throw new Error(String(found).replaceAll('\n', ' '));
    }
  } catch (error) {
    throw damaged(messageOf(error));
  } finally {
    database?.close();
  }
}

/** For clients of an engine that asks for no real credentials. */
export const clientOptions = (endpoint: string) => ({
  region: 'ap-southeast-1',
  endpoint,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

async function answers(client: DynamoDBClient): Promise<boolean> {
  await client.send(new ListTablesCommand({ Limit: 1 }), { abortSignal: AbortSignal.timeout(2_000) });
  return true;
}

/**
 * The embedded DynamoDB: one process, one SQLite file.
 *
 * What kill -9 can take, as looked up in the running engine: the file is in WAL mode with synchronous FULL (strace shows an fsync for
 * every acknowledged write), so an answered write survives both the killing of every process and, as far as the disk keeps its word, a loss of
 * power. What this runner itself keeps beside it (checkpoints, the sign-in store) is renamed into place without fsync: it survives
 * kill -9; after a power loss a checkpoint may be older, and its events are delivered again.
 */
export async function startEngine(dataDir: string): Promise<Engine> {
  const databasePath = join(dataDir, 'market.db');
  const command = engineBinary();
  try {
    accessSync(command, constants.X_OK);
  } catch {
    throw new Stop(`Tệp ${command} không chạy được. Xin cấp quyền chạy (chmod +x).`, 'The engine is not executable; chmod +x it.');
  }
  checkDatabase(databasePath);
  // Between finding a free port and the engine taking it someone else may have; then another is tried.
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${port}`;
    const child = startChild(dataDir, {
      name: 'engine',
      command,
      args: ['--host', '127.0.0.1', '--port', String(port), '--db-path', databasePath],
    });
    const client = new DynamoDBClient({ ...clientOptions(endpoint), maxAttempts: 1 });
    const isUp = await untilAnswers(child, 20, () => answers(client));
    client.destroy();
    if (isUp) return { endpoint, child, databasePath };
    const words = child.lastWords();
    await child.stop();
    if (attempt === 3)
      throw new Stop(`Máy dữ liệu không khởi động được: ${words || 'không trả lời trong 20 giây'}.`, 'The database engine did not start.');
  }
}

/** @throws Stop when nothing answers at DYNAMODB_ENDPOINT */
export async function useEngine(endpoint: string): Promise<Engine> {
  const client = new DynamoDBClient({ ...clientOptions(endpoint), maxAttempts: 1 });
  // A server that is being started beside the market gets five seconds.
  for (let attempt = 1; ; attempt++) {
    try {
      await answers(client);
      return { endpoint };
    } catch (error) {
      if (attempt < 20) {
        await wait(250);
        continue;
      }
      throw new Stop(
        `DYNAMODB_ENDPOINT=${endpoint} không trả lời: ${messageOf(error)}.`,
        'Nothing answers at DYNAMODB_ENDPOINT; start that server or unset the variable.',
      );
    }
  }
}
