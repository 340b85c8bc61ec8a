// The profiling engines that `--with` knows.
import { UsageError } from './usage-error.js';

export const ENGINES = ['cpu', 'heap', 'flame'] as const;
export type EngineName = (typeof ENGINES)[number];

/** Reads `--with cpu,flame`; all default engines where it is absent. */
export function parseEngines(text: string | undefined): EngineName[] {
  const names = text === undefined ? [...ENGINES] : text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(ENGINES as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new UsageError(`Cannot profile with "${unknown}": the engines are ${ENGINES.join(', ')}`);
  return names as EngineName[];
}
