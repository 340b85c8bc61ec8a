// `forgebench profile` run on a project, and which engines this machine lacks.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isKernelVisible, perfCommand } from '../../src/profile/index.js';
import type { EngineResult, ProfileArtefacts } from '../../src/store/index.js';
import { type Finished, forgebench } from './project.js';

/** What every profiler that works has more of, also where a busy machine gives a workload little of a core. */
export const ENOUGH = 20;

export interface Profiled {
  finished: Finished;
  /** The result of an engine. */
  of(engine: string): EngineResult;
  /** The text of a file that it left. */
  read(engine: string, kind: string): string;
}

/** Profiles one case of a project. */
export async function profile(folder: string, words: readonly string[]): Promise<Profiled> {
  const finished = await forgebench(['profile', ...words, '--output', 'profiles', '--json'], folder);
  const of = (engine: string) => {
    const [artefacts] = JSON.parse(finished.stdout) as ProfileArtefacts[];
    const result = artefacts?.engines.find((each) => each.engine === engine);
    if (!result) throw new Error(`No result of ${engine}: ${finished.stdout}${finished.stderr}`);
    return result;
  };
  const read = (engine: string, kind: string) => {
    const { files, failure } = of(engine);
    if (files[kind] === undefined) throw new Error(`${engine} left no ${kind}: ${failure ?? JSON.stringify(files)}`);
    return readFileSync(files[kind], 'utf8');
  };
  return { finished, of, read };
}

/** Lines of folded stacks that hold all of these frames, their weight over that of all lines. */
export function shareWith(folded: string, frames: readonly RegExp[]): number {
  let [all, some] = [0, 0];
  for (const line of folded.trim().split('\n')) {
    const weight = Number(line.slice(line.lastIndexOf(' ')));
    all += weight;
    if (frames.every((frame) => frame.test(line))) some += weight;
  }
  return some / all;
}

/** Those that apply to any workload in JavaScript; `border`, `metrics` and `capture` have tests of their own. */
export const ALL = [
  'cpu',
  'heap',
  'alloc',
  'rust-alloc',
  'heapdiff',
  'leaks',
  'account',
  'timeline',
  'flame',
  'native',
  'offcpu',
  'v8-profiler-next',
  '0x',
  'clinic-doctor',
  'clinic-flame',
  'clinic-bubbleprof',
  'clinic-heapprofiler',
];
export const VALGRIND = ['callgrind', 'cachegrind', 'massif', 'memcheck'];
/** Every engine, as the program lists them. */
export const ENGINES = [...ALL, ...VALGRIND, 'border', 'metrics', 'capture'];

/** Engines whose tool this machine has not; where CI asks, every tool must be there. */
export const ABSENT = process.env.CI === 'true' ? new Set<string>() : absentEngines();
export const WITHOUT = 'its tool is not installed; run "forgebench doctor"';

function absentEngines(): Set<string> {
  const require = createRequire(import.meta.url);
  const clinic = ALL.filter((name) => name.startsWith('clinic-')).map((name): [string, string] => [
    name,
    'clinic/bin.js',
  ]);
  const packages: Record<string, string> = {
    'v8-profiler-next': 'v8-profiler-next',
    '0x': '0x/cmd.js',
    ...Object.fromEntries(clinic),
  };
  const missing = Object.entries(packages).filter(([, file]) => {
    try {
      // Only the native one can be installed and yet not load; programs are not loaded, because they would run.
      if (file === 'v8-profiler-next') require(file);
      else require.resolve(file);
      return false;
    } catch {
      return true;
    }
  });
  const [perf = '', ...words] = perfCommand({ output: '/dev/null' });
  const recorded = spawnSync(perf, [...words, 'true']);
  const waits = recorded.status === 0 && isKernelVisible();
  return new Set([
    ...missing.map(([engine]) => engine),
    ...(recorded.status === 0 ? [] : ['flame']),
    ...(waits ? [] : ['offcpu']),
    ...(spawnSync('valgrind', ['--version']).status === 0 ? [] : VALGRIND),
  ]);
}
