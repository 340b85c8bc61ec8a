// The code that is scored: the functions that `compare`, `ab`, `analyze` and `history` call, as they are built.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type * as Compare from '../../src/compare/index.js';
import type * as History from '../../src/history/index.js';

/** What the scorecard uses of forgebench. */
export type Forgebench = Pick<typeof Compare, 'sureClearances' | 'compareLaunches' | 'DEFAULT_COMPARE_OPTIONS'> &
  Pick<typeof History, 'findChanges' | 'DEFAULT_HISTORY_OPTIONS'>;

/** Loads it from `dist`. */
export async function loadForgebench(): Promise<Forgebench> {
  const [compare, history] = await Promise.all(['compare', 'history'].map((room) => load(`dist/${room}/index.js`)));
  return { ...compare, ...history } as Forgebench;
}

function load(path: string): Promise<object> {
  if (!existsSync(path)) throw new Error(`Cannot score: ${path} is not built; run "npm run setup"`);
  return import(/* @vite-ignore */ pathToFileURL(path).href);
}
