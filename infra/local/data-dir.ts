import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, Stop } from './say.ts';

/** Appears whole or not at all, also after kill -9 in the middle: written beside, then renamed over. */
export function writeWhole(path: string, text: string, mode = 0o644): void {
  const beside = `${path}.${process.pid}.new`;
  writeFileSync(beside, text, { mode });
  renameSync(beside, path);
}

/** What a JSON file holds, or undefined when there is none or it cannot be read as JSON. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Node's own recursive mkdir never returns where the system answers ENOENT to every new name, as /proc does. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/**
 * Takes a lock that the system lets go of however this process ends, so that kill -9 leaves nothing stale behind and a process number
 * that was given out again cannot be mistaken for the holder: SQLite's own file lock on an empty database.
 * @returns undefined while another process has it
 */
export function tryLock(path: string): { release: () => void } | undefined {
  const database = new DatabaseSync(path, { timeout: 200 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (/locked|busy/i.test(messageOf(error))) return undefined;
    throw error;
  }
  return { release: () => database.close() };
}

/**
 * Makes the folder of all state and takes it for this process alone. `market.pid` only serves the sentence.
 * @throws Stop when the folder cannot be written or another market has it
 */
export function takeDataDir(path: string): { release: () => void } {
  const pidFile = join(path, 'market.pid');
  let lock: ReturnType<typeof tryLock>;
  try {
    makeFolder(join(path, 'children'));
    writeFileSync(join(path, '.writable'), '');
    rmSync(join(path, '.writable'));
    lock = tryLock(join(path, 'market.lock'));
  } catch (error) {
    throw new Stop(
      `Không ghi được vào DATA_DIR=${path}: ${messageOf(error)}. Xin chọn thư mục khác hoặc cấp quyền ghi.`,
      'DATA_DIR cannot be written; choose another folder or grant write permission.',
    );
  }
  if (!lock) {
    const holder = String(readJson(pidFile) ?? '?');
    throw new Stop(
      `Một chợ khác (tiến trình ${holder}) đang chạy trên DATA_DIR=${path}. Xin dừng nó hoặc chọn DATA_DIR khác.`,
      `Another market (process ${holder}) is running on this DATA_DIR; stop it or choose another.`,
    );
  }
  const { release } = lock;
  writeWhole(pidFile, String(process.pid));
  return {
    release() {
      rmSync(pidFile, { force: true });
      release();
    },
  };
}
