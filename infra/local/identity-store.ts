import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './data-dir.ts';

type Tree = { [name: string]: unknown };
type Key = string | string[];

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** cognito-local keeps dates in members whose name ends so, and expects them back as dates. */
const revive = (name: string, value: unknown) => (name.endsWith('Date') && typeof value === 'string' ? new Date(value) : value);

/**
 * What cognito-local keeps, one JSON file per pool, held in memory and rewritten whole at each change (there are a handful of users locally).
 * Its own store writes in place, so kill -9 in the middle would leave half a file and nobody could sign in again.
 */
export function openIdentityStore(folder: string, id: string, defaults: object) {
  const path = join(folder, `${id}.json`);
  const tree: Tree = { ...defaults, ...(existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8'), revive) as Tree) : {}) };
  const save = () => writeWhole(path, JSON.stringify(tree, null, 1));

  /** The folder a key lies in, made when missing, and the key's last name. */
  const placeOf = (key: Key): [Tree, string] => {
    const names = [key].flat();
    const last = names.pop() ?? '';
    const parent = names.reduce<Tree>((place, name) => {
      const next = place[name];
      if (isTree(next)) return next;
      const made: Tree = {};
      place[name] = made;
      return made;
    }, tree);
    return [parent, last];
  };

  save();
  return {
    async get<T>(_context: unknown, key: Key, otherwise?: T): Promise<T> {
      const found = [key].flat().reduce<unknown>((place, name) => (isTree(place) ? place[name] : undefined), tree);
      return structuredClone(found ?? otherwise ?? null) as T;
    },
    async getRoot<T>(): Promise<T> {
      return structuredClone(tree) as T;
    },
    async set(_context: unknown, key: Key, value: unknown): Promise<void> {
      const [parent, name] = placeOf(key);
      // Every sign-in adds a refresh token, which nothing here uses: the file would grow for ever.
      parent[name] = structuredClone(
        isTree(value) && Array.isArray(value.RefreshTokens) ? { ...value, RefreshTokens: value.RefreshTokens.slice(-3) } : value,
      );
      save();
    },
    async delete(_context: unknown, key: Key): Promise<void> {
      const [parent, name] = placeOf(key);
      delete parent[name];
      save();
    },
  };
}
