// Exit codes, and which goes first where several hold.
import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  describeError,
  EXIT,
  exitCodeOf,
  exitCodeOfRun,
  exitCodeOfStored,
  exitCodeOfVersions,
} from '../../src/cli/exit-code.js';
import { UsageError } from '../../src/cli/usage-error.js';
import { compareRuns } from '../../src/compare/index.js';
import { DefinitionError, SelectionError } from '../../src/definition/index.js';
import { makeRunRecord, type RunRecord, StoreError } from '../../src/store/index.js';
import { timingOf } from '../statistics/case.js';
import { BENCHMARK, planFile, recordOf, TIMING } from '../store/plan-file.js';

const target = { text: 'p50 < 1 ns', metric: 'p50' as const, relation: '<' as const, limit: 1, unit: 'ns', where: {} };

/** A run of these launches whose benchmark promises this. */
function runOf(
  results: readonly Parameters<typeof recordOf>[1][],
  { targets = [], ...changes }: Partial<RunRecord> & { targets?: (typeof target)[] } = {},
): RunRecord {
  const file = { ...planFile('one'), benchmarks: [{ ...BENCHMARK, targets }] };
  const records = results.map((result, index) => recordOf(index, result));
  const record = makeRunRecord(file, { records, profiles: [], status: 'finished', finishedAt: new Date() });
  return { ...record, ...changes };
}

const code = (record: RunRecord, gate = true) => exitCodeOfRun(record, { gate });

describe('the exit code of a run', () => {
  it('is 0 where all is well', () => {
    expect(code(runOf([TIMING, TIMING]))).toBe(0);
  });

  it('is 1 where a target is missed and the gate is on', () => {
    const missed = runOf([TIMING, TIMING], { targets: [target] });
    expect(missed.summaries[0]?.targets[0]?.status).toBe('missed');
    expect(code(missed)).toBe(1);
    expect(code(missed, false)).toBe(0);
  });

  it('is 0 where the missed target is one of other parameter values', () => {
    const elsewhere = { ...target, where: { size: 10 } };
    expect(code(runOf([TIMING, TIMING], { targets: [elsewhere] }))).toBe(0);
  });

  it('is 3 where a benchmark failed, whatever else holds', () => {
    expect(code(runOf([TIMING, TIMING, 'panic'], { targets: [target] }))).toBe(3);
    expect(code(runOf(['panic']))).toBe(3);
  });

  it('is 3 where an engine failed to profile', () => {
    const profiles = [{ caseId: 'demo/case', engines: [{ engine: 'flame', files: {}, failure: 'no perf' }] }];
    expect(code(runOf([TIMING, TIMING], { profiles }))).toBe(3);
  });

  it('is 4 where nothing was measured', () => {
    expect(code(runOf([]))).toBe(4);
  });

  it('is 130 where it was interrupted, whatever else holds', () => {
    expect(code(runOf([TIMING, 'panic', 'interrupted'], { status: 'interrupted', targets: [target] }))).toBe(130);
    expect(code(runOf(['interrupted'], { status: 'interrupted' }))).toBe(130);
  });

  it('does not count a failure that the definition expects', () => {
    const record = runOf([TIMING, TIMING, 'panic']);
    const failures = record.failures.map((failure) => ({ ...failure, expected: true }));
    expect(code({ ...record, failures })).toBe(0);
  });
});

/** Ten launches whose medians are so many nanoseconds, give or take a thousandth. */
const launchesOf = (ns: number) =>
  Array.from({ length: 10 }, (_, index) => timingOf(Array(5).fill(ns * (1 + (index % 3) / 1000))));

describe.each(['two stored runs', 'two versions'])('the exit code of %s', (what) => {
  const codeOf = (base: RunRecord, head: RunRecord) => {
    const comparison = compareRuns(base, head);
    return what === 'two versions'
      ? exitCodeOfVersions({ base, head }, comparison, 0.05)
      : exitCodeOfStored(head, comparison, 0.05);
  };
  const well = runOf(launchesOf(100));

  it('is 0 where the head is no slower and keeps its promises', () => {
    expect(codeOf(well, runOf(launchesOf(100)))).toBe(0);
    expect(codeOf(well, runOf(launchesOf(50)))).toBe(0);
  });

  it('is 1 where the head is slower, or misses a target', () => {
    expect(codeOf(well, runOf(launchesOf(120)))).toBe(1);
    expect(codeOf(well, runOf(launchesOf(100), { targets: [target] }))).toBe(1);
  });

  it('is 0 where the base alone misses a target', () => {
    expect(codeOf(runOf(launchesOf(100), { targets: [target] }), runOf(launchesOf(100)))).toBe(0);
  });

  it('is 3 where a case failed in the head, whether others are slower or not', () => {
    expect(codeOf(well, runOf(['panic']))).toBe(3);
    expect(codeOf(well, runOf([...launchesOf(120), 'panic']))).toBe(3);
  });

  it('is 4 where no case is on both sides', () => {
    expect(codeOf(well, { ...runOf(launchesOf(100)), summaries: [] })).toBe(4);
  });
});

describe('the exit code of an error', () => {
  it('is 2 for what the user can mend', () => {
    const missing = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT', syscall: 'open' });
    const errors = [
      new UsageError('a'),
      new DefinitionError('a', 'b:1'),
      new SelectionError('a'),
      new StoreError('a'),
      new CommanderError(1, 'commander.unknownCommand', 'a'),
      missing,
    ];
    expect(errors.map(exitCodeOf)).toEqual(errors.map(() => EXIT.usage));
    expect(describeError(missing)).toBe('Cannot go on: ENOENT: no such file; check the path, its mode and its disk');
  });

  it('is 0 for help and version, which the parser throws too', () => {
    expect(exitCodeOf(new CommanderError(0, 'commander.helpDisplayed', ''))).toBe(0);
  });

  it('is 3 for a defect of this program', () => {
    expect(exitCodeOf(new TypeError('x is not a function'))).toBe(3);
  });
});
