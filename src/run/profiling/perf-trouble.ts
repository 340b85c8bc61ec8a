// Whether perf can record here, found by letting it record a program that does nothing.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { perfCommand } from '../../profile/index.js';
import { tryProgram } from './try-program.js';

const tried = new Map<boolean, Promise<string | undefined>>();

/** Why perf cannot record on this machine; undefined where it can. Tried once for each process, in about 0.1 s. */
export function perfTrouble({ waiting = false } = {}): Promise<string | undefined> {
  const known = tried.get(waiting) ?? tryPerf(waiting);
  tried.set(waiting, known);
  return known;
}

async function tryPerf(waiting: boolean): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'forgebench-perf-'));
  const [program, ...rest] = perfCommand({ output: join(folder, 'perf.data'), waiting }) as [string, ...string[]];
  try {
    const { ok, output } = await tryProgram(program, [...rest, 'true']);
    return ok ? undefined : output;
  } finally {
    await rm(folder, { recursive: true });
  }
}
