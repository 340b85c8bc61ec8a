// The profiling engines that `--with` knows.
import { PROFILE_ENGINES } from '../run/index.js';
import { UsageError } from './usage-error.js';

/** All engines, those first that run where nobody chooses. */
export const ENGINES: readonly string[] = PROFILE_ENGINES;
/** Together they cost about three seconds a case, and show processor time, memory, and both languages in one stack. */
const DEFAULT_ENGINES: readonly string[] = ['cpu', 'heap', 'flame'];

/** Reads `--with cpu,flame`, each name once; the default engines where it is absent. */
export function parseEngines(text: string | undefined): string[] {
  if (text === undefined) return [...DEFAULT_ENGINES];
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !ENGINES.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`Cannot profile with "${unknown}": the engines are ${ENGINES.join(', ')}`);
  return [...new Set(names)];
}
