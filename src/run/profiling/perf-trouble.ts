// Whether perf can record here, found by letting it record a program that does nothing.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { perfCommand } from '../../profile/index.js';

let tried: Promise<string | undefined> | undefined;

/** Why perf cannot record on this machine; undefined where it can. Tried once for each process, in about 0.1 s. */
export function perfTrouble(): Promise<string | undefined> {
  tried ??= tryPerf();
  return tried;
}

async function tryPerf(): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'forgebench-perf-'));
  const [program, ...rest] = perfCommand({ output: join(folder, 'perf.data') }) as [string, ...string[]];
  try {
    await promisify(execFile)(program, [...rest, 'true'], { timeout: 10_000 });
    return undefined;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return (stderr || message).trim().split('\n')[0] as string;
  } finally {
    await rm(folder, { recursive: true });
  }
}
