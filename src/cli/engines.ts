// The profiling engines that `--with` knows, alone and in groups.
import { type EngineChoice, PROFILE_ENGINES } from '../run/index.js';
import { UsageError } from './usage-error.js';

const NAMES: readonly string[] = PROFILE_ENGINES.map(({ name }) => name);
/** Together they cost about three seconds a case, and show processor time, memory, and both languages in one stack. */
const DEFAULT_ENGINES: readonly string[] = ['cpu', 'heap', 'flame'];
/** It copies hundreds of megabytes for another machine. */
const ELSEWHERE = 'capture';
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  all: NAMES.filter((name) => name !== ELSEWHERE),
  allocations: ['alloc', 'rust-alloc'],
  memory: ['heap', 'alloc', 'rust-alloc', 'heapdiff', 'leaks', 'account', 'clinic-heapprofiler', 'massif', 'memcheck'],
  async: ['clinic-bubbleprof'],
  clinic: NAMES.filter((name) => name.startsWith('clinic-')),
  valgrind: ['callgrind', 'cachegrind', 'massif', 'memcheck'],
};

/** Below the help of a verb: a line for each engine and each group. */
export function enginesHelp(): string {
  const lines = [
    ...PROFILE_ENGINES.map(({ name, about }) => [name, about]),
    ...Object.entries(GROUPS).map(([name, members]) => [
      name,
      name === 'all'
        ? `every engine but ${ELSEWHERE} that applies to the case`
        : `those of ${members.join(', ')} that apply`,
    ]),
  ];
  const width = Math.max(...NAMES.map(({ length }) => length)) + 2;
  return `\nEngines and groups for --with; ${DEFAULT_ENGINES.join(',')} where nobody chooses:\n${lines
    .map(([name = '', about]) => `  ${name.padEnd(width)}${about}\n`)
    .join('')}`;
}

/** Reads `--with cpu,flame` or `--with all`, each name once; the default engines where it is absent. */
export function parseEngines(text: string | undefined): EngineChoice[] {
  if (text === undefined) return DEFAULT_ENGINES.map(named);
  const words = text.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !NAMES.includes(word) && !(word in GROUPS));
  if (unknown !== undefined)
    throw new UsageError(
      `Cannot profile with "${unknown}": the engines are ${NAMES.join(', ')}; the groups ${Object.keys(GROUPS).join(', ')}`,
    );
  const choices = new Map<string, EngineChoice>();
  for (const name of words.flatMap((word) => GROUPS[word] ?? [])) choices.set(name, { name, ofGroup: true });
  for (const name of words.filter((word) => NAMES.includes(word))) choices.set(name, named(name));
  return [...choices.values()];
}

function named(name: string): EngineChoice {
  return { name, ofGroup: false };
}
