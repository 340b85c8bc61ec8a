// Workloads that misbehave, made with an addon outside the workspace that depends on the border alone: each is reported
// as itself, and the one that behaves is measured all the same.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/store/index.js';
import {
  buildHostileAddon,
  type Finished,
  forgebench,
  isRunning,
  makeProject,
  processesWith,
  start,
  statOf,
  waitFor,
} from './project.js';

const project = makeProject('hostile');
const RUNS = join(project.folder, '.forgebench/runs');

beforeAll(() => buildHostileAddon(join(project.folder, 'hostile.node')), 600_000);
afterAll(() => project.remove());

describe('a run over hostile workloads', () => {
  let finished: Finished;
  let run: RunRecord;

  beforeAll(async () => {
    finished = await forgebench(['run', '--quick', '--launches', '2', '--output', 'run.json'], project.folder);
    run = JSON.parse(readFileSync(join(project.folder, 'run.json'), 'utf8')) as RunRecord;
  }, 180_000);

  it('ends with exit code 3, because benchmarks failed', () => {
    expect(finished.code, finished.stderr).toBe(3);
  });

  it.each([
    ['panic', 'panic', 'no such node at src/lib.rs:'],
    ['panic-later', 'panic', 'the pool is used up'],
    ['capacity-overflow', 'panic', 'capacity overflow'],
    ['hang', 'timeout', 'No answer within 8 s: the workload hangs or is far too long'],
    ['crash', 'crash', 'SIGSEGV'],
    ['stack-overflow', 'crash', 'or its stack overflowed'],
    ['killed', 'killed', 'killed from outside, most likely by the kernel because memory ran out'],
    ['out-of-memory', 'crash', 'ran out of memory: Rust asked for 16777216 bytes'],
    ['exit', 'crash', 'ended with exit code 7 and without an outcome'],
    ['flood', 'protocol', 'wrote something that is no outcome'],
    ['no-setup', 'setup', 'Cannot set up the workload: the document was not found'],
    ['wrong-answer', 'wrong-answer', 'the answer is 41, expected 42'],
  ])('reports %s as %s', (name, reason, message) => {
    const failures = run.failures.filter(({ caseId }) => caseId === `hostile/${name}`);
    expect(failures.length).toBeGreaterThan(0);
    for (const { failure } of failures) {
      expect(failure.reason).toBe(reason);
      expect(failure.message).toContain(message);
    }
    expect(finished.stdout).toContain(`hostile/${name}`);
  });

  it('shows a leak as growth', () => {
    const leak = run.summaries.find(({ caseId }) => caseId === 'hostile/leak');
    const growth = leak?.memory.growthBytes;
    expect(growth && 'estimate' in growth ? growth.estimate.value : 0).toBeCloseTo(1000, 0);
  });

  it('measures the one that behaves', () => {
    const good = run.summaries.find(({ caseId }) => caseId === 'hostile/good');
    expect(good?.launches).toMatchObject({ time: 2, failed: 0 });
    expect(good?.p50).toHaveProperty('estimate');
  });

  it('measures one that writes a megabyte to each stream', () => {
    const noisy = run.summaries.find(({ caseId }) => caseId === 'hostile/noisy');
    expect(noisy?.launches).toMatchObject({ time: 2, failed: 0 });
  });

  it('measures one that leaves processes behind, ends them and does not wait for them', () => {
    const leaver = run.summaries.find(({ caseId }) => caseId === 'hostile/leave-processes');
    expect(leaver?.launches).toMatchObject({ time: 2, failed: 0 });
    expect(processesWith('98761')).toEqual([]);
  });
});

describe('a run that is interrupted', () => {
  it('keeps and reports what is finished, and exits with 130', async () => {
    const before = readdirSync(RUNS);
    const { child, finished } = start(['run', 'hostile/good', '--launches', '200', '--json'], project.folder);
    await waitFor(() => launchesKept(before) > 2, 60_000);
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    const record = JSON.parse(stdout) as RunRecord;
    expect(record.status).toBe('interrupted');
    expect(record.summaries[0]?.launches.time).toBeGreaterThan(0);
  }, 120_000);
});

describe('a run that is killed with SIGKILL', () => {
  it('leaves no process behind, even one that loops in Rust, and loses no finished launch', async () => {
    const { child, finished } = start(
      ['run', 'hostile/good', 'hostile/hang', '--launches', '50', '--seed', '3'],
      project.folder,
    );
    const pid = child.pid as number;
    const worker = await waitFor(() => busyChild(pid), 60_000);
    child.kill('SIGKILL');
    await finished;
    await waitFor(() => !isRunning(worker));
    const { code, stdout } = await forgebench(['report', '--json'], project.folder);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as RunRecord).status).toBe('interrupted');
  }, 120_000);
});

/** Lines in the journal of the run that was not there before. */
function launchesKept(before: readonly string[]): number {
  const id = readdirSync(RUNS).find((each) => !before.includes(each));
  const journal = join(RUNS, id ?? 'none', 'launches.jsonl');
  return existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').length - 1 : 0;
}

/** A child that has used half a second of CPU time: the workload that hangs, inside Rust, also where it gets a tenth of a core. */
function busyChild(parent: number): number | undefined {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      const fields = statOf(pid);
      return fields !== undefined && Number(fields[1]) === parent && Number(fields[11]) > 50;
    });
}
