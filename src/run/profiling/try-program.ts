// Whether a program runs, found by running it for a moment.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processEnvironment } from '../process-environment.js';

/** A probe that takes longer hangs. */
const PATIENCE_MS = 10_000;

/** Runs a program in a folder of its own; `output` is the first line that it printed, or why it did not run. Never throws. */
export async function tryProgram(program: string, words: readonly string[]): Promise<{ ok: boolean; output: string }> {
  const cwd = await mkdtemp(join(tmpdir(), 'forgebench-try-'));
  const env = { ...processEnvironment(), NO_INSIGHT: '1', NO_UPDATE_NOTIFIER: '1', TMPDIR: cwd };
  try {
    return await new Promise((resolve) => {
      const child = execFile(
        program,
        [...words],
        { cwd, env, timeout: PATIENCE_MS, killSignal: 'SIGKILL' },
        (error, stdout, stderr) => {
          if (error?.killed) resolve({ ok: false, output: `no answer within ${PATIENCE_MS / 1000} s` });
          else if (error) resolve({ ok: false, output: firstLine(stderr) ?? firstLine(stdout) ?? error.message });
          else resolve({ ok: true, output: firstLine(stdout) ?? firstLine(stderr) ?? '' });
        },
      );
      child.stdin?.end();
    });
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

function firstLine(text: string): string | undefined {
  return text
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim();
}
