// Where the database is: a file of SQLite, or PostgreSQL by its URL.
import { isAbsolute, join, resolve } from 'node:path';
import { StoreError } from './store-error.js';

/** A file that needs no server, or a server that a team shares. */
export type StoreLocation = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string };

/** Beside the folders of runs, where nobody says otherwise. */
const DEFAULT_FILE = join('.forgebench', 'forgebench.db');

/**
 * Reads what `--store` says.
 *
 * @param text a path, `sqlite:PATH`, or `postgres://USER@HOST/DATABASE`; undefined for the project's own file
 * @param root folder that a path is relative to
 * @throws StoreError where it is the URL of something else
 * @example
 * parseStoreLocation(undefined, '/project') // { kind: 'sqlite', file: '/project/.forgebench/forgebench.db' }
 * parseStoreLocation('postgres://bench@db.local/bench', '/project').kind // 'postgres'
 */
export function parseStoreLocation(text: string | undefined, root: string): StoreLocation {
  const given = text === undefined || text.trim() === '' ? DEFAULT_FILE : text.trim();
  if (/^postgres(ql)?:\/\//.test(given)) return { kind: 'postgres', url: checkedUrl(given) };
  const path = given.replace(/^sqlite:(\/\/(?=\/))?/, '');
  if (path === '' || /^[a-z][a-z0-9+.-]+:/i.test(path))
    throw new StoreError(
      `Cannot use "${withoutPassword(given)}" as the store: name a file, or a database as postgres://USER@HOST/DATABASE`,
    );
  return { kind: 'sqlite', file: isAbsolute(path) ? path : resolve(root, path) };
}

/** The location as it may be shown to anybody. */
export function describeLocation(location: StoreLocation): string {
  return location.kind === 'sqlite' ? location.file : withoutPassword(location.url);
}

function checkedUrl(url: string): string {
  if (URL.canParse(url)) return url;
  throw new StoreError(
    `Cannot use "${withoutPassword(url)}" as the store: it is no URL; write postgres://USER@HOST/DATABASE`,
  );
}

function withoutPassword(url: string): string {
  return url.replace(/^([a-z]+:\/\/[^:/@]*):[^@]*@/i, '$1:…@').replace(/([?&]password=)[^&]*/gi, '$1…');
}
