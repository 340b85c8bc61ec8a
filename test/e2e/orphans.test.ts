// How a run ends before its time: what is finished is kept, and no process stays, whoever started it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/store/index.js';
import { commandLine, descendantsOf, isRunning, makeProject, start, waitFor } from './project.js';

const project = makeProject('plain');
afterAll(() => project.remove());

/** Starts forgebench and waits until all of these programs run below it; tells all processes there are by then. */
async function startUntil(args: readonly string[], programs: readonly RegExp[]) {
  const started = start(args, project.folder);
  const pid = started.child.pid as number;
  const processes = await waitFor(() => {
    const all = descendantsOf(pid);
    const lines = all.map(commandLine);
    return programs.every((program) => lines.some((line) => program.test(line))) && all;
  }, 30_000);
  return { ...started, pid, processes };
}

const survivors = (processes: readonly number[]): string[] => processes.filter(isRunning).map(commandLine);

/** Waits until all have ended; says which have not. */
async function expectAllGone(processes: readonly number[]): Promise<void> {
  await waitFor(() => survivors(processes).length === 0).catch(() => {});
  expect(survivors(processes)).toEqual([]);
}

const NEST = ['run', 'plain/nest', '--launches', '1'];
const SLEEP = /^sleep 98762/;

describe('a run that is killed with SIGKILL', () => {
  it('leaves nothing of a command behind, not even what that has started in turn', async () => {
    const { child, finished, processes } = await startUntil(NEST, [SLEEP]);
    const all = await waitFor(() => {
      const seen = [...new Set([...processes, ...descendantsOf(child.pid as number)])];
      return seen.filter((each) => SLEEP.test(commandLine(each))).length === 3 && seen;
    });
    child.kill('SIGKILL');
    await finished;
    await expectAllGone(all);
  });

  it('leaves nothing of a profiler and its workload behind', async (context) => {
    if (!hasPerf()) context.skip('perf is missing or may not record');
    const { child, finished, processes } = await startUntil(
      ['profile', 'plain/hang-under-perf', '--with', 'flame'],
      [/perf record/, /^\S*node .*--perf-basic-prof.*worker/],
    );
    await setTimeout(1_000);
    expect(survivors(processes).length).toBe(processes.length);
    child.kill('SIGKILL');
    await finished;
    await expectAllGone(processes);
  });
});

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('a run that gets %s', (signal) => {
  it('reports what is finished, exits with 130 and leaves nothing behind', async () => {
    const args = ['run', 'plain/sum[length=10]', 'plain/nest', '--launches', '30', '--seed', '5', '--json'];
    const { child, finished, pid } = await startUntil(args, [SLEEP]);
    const processes = descendantsOf(pid);
    child.kill(signal);
    const { code, stdout, stderr } = await finished;
    expect(code).toBe(130);
    expect(stderr).toContain('Interrupted: what is finished will be reported. Once more ends at once.');
    const record = JSON.parse(stdout) as RunRecord;
    expect(record.status).toBe('interrupted');
    expect(record.failures).toEqual([]);
    const interrupted = record.summaries.reduce((sum, { launches }) => sum + launches.interrupted, 0);
    expect(interrupted).toBe(1);
    expect(existsSync(join(project.folder, '.forgebench/runs', record.id, 'report.html'))).toBe(true);
    await expectAllGone(processes);
    expect(existsSync(join(tmpdir(), `forgebench-${pid}`))).toBe(false);
  });

  it('ends at once where it comes a second time', async () => {
    const { child, finished, processes } = await startUntil(NEST, [SLEEP]);
    // The other signal, because two of the same kind may arrive as one.
    child.kill(signal);
    child.kill(signal === 'SIGINT' ? 'SIGTERM' : 'SIGINT');
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    expect(stdout).toBe('');
    await expectAllGone(processes);
  });
});

describe('other verbs that are interrupted', () => {
  it('exit with 130 and leave nothing behind: verify', async () => {
    const { child, finished, processes } = await startUntil(['verify', 'plain/nest'], [SLEEP]);
    child.kill('SIGINT');
    expect((await finished).code).toBe(130);
    await expectAllGone(processes);
  });

  it('exit with 130 and leave nothing behind: profile', async (context) => {
    if (!hasPerf()) context.skip('perf is missing or may not record');
    const { child, finished, processes } = await startUntil(
      ['profile', 'plain/hang-under-perf', '--with', 'flame'],
      [/perf record/, /--perf-basic-prof.*worker/],
    );
    child.kill('SIGINT');
    expect((await finished).code).toBe(130);
    await expectAllGone(processes);
  });
});

describe('a run that ends well', () => {
  it('leaves no process and no scratch folder behind', async () => {
    const { child, finished } = start(['run', 'plain/sum[length=10]'], project.folder);
    const seen = new Set<number>();
    const look = setInterval(() => {
      for (const pid of descendantsOf(child.pid as number)) seen.add(pid);
    }, 20);
    const { code } = await finished;
    clearInterval(look);
    expect(code).toBe(0);
    expect(seen.size).toBeGreaterThan(0);
    await expectAllGone([...seen]);
    expect(existsSync(join(tmpdir(), `forgebench-${child.pid}`))).toBe(false);
  });
});

/** Whether perf may record here; where it may not, profiles are made without it and nothing stands between. */
let perf: boolean | undefined;
function hasPerf(): boolean {
  if (perf === undefined) {
    const words = ['--pdeathsig', 'KILL', 'perf', 'record', '-q', '-e', 'cpu-clock', '-o', '/dev/null', 'true'];
    perf = spawnSync('setpriv', words, { stdio: 'ignore' }).status === 0;
  }
  return perf;
}
