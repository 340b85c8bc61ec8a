// From plan and launches to a record.
import { describe, expect, it } from 'vitest';
import { makeRunRecord } from '../../src/store/index.js';
import { BENCHMARK, MEMORY, planFile, recordOf, TIMING } from './plan-file.js';

const FINISHED = { profiles: [], status: 'finished' as const, finishedAt: new Date('2026-01-02T03:04:07.000Z') };

describe('the cost of a run', () => {
  it('counts warm-up and measuring of launches as measuring, and starts and set-up as overhead', () => {
    const { cost } = makeRunRecord(planFile('one', ['time', 'time']), {
      ...FINISHED,
      records: [recordOf(0, TIMING, 300), recordOf(1, TIMING, 300)],
    });
    expect(cost).toEqual({ measuredMs: 2 * (20 + 48), wallMs: 2000 });
  });

  it('counts a memory launch with the time that it counted, not with its process', () => {
    const { cost } = makeRunRecord(planFile('one', ['memory']), { ...FINISHED, records: [recordOf(0, MEMORY, 300)] });
    expect(cost.measuredMs).toBe(50);
  });

  it('counts no launch longer than it took', () => {
    const { cost } = makeRunRecord(planFile('one', ['memory']), { ...FINISHED, records: [recordOf(0, MEMORY, 30)] });
    expect(cost.measuredMs).toBe(30);
  });

  it('counts nothing of launches that failed', () => {
    const { cost } = makeRunRecord(planFile('one'), { ...FINISHED, records: [recordOf(0, 'panic')] });
    expect(cost.measuredMs).toBe(0);
  });
});

describe('the failures of a run', () => {
  it('are findings where the definition expects them, and interruptions are none', () => {
    const records = [recordOf(0, 'panic'), recordOf(1, 'interrupted')];
    const file = planFile('one');
    const expecting = { ...file, benchmarks: [{ ...BENCHMARK, expects: 'panic' as const }] };
    expect(makeRunRecord(file, { ...FINISHED, records }).failures).toMatchObject([{ index: 0, expected: false }]);
    expect(makeRunRecord(expecting, { ...FINISHED, records }).failures).toMatchObject([{ index: 0, expected: true }]);
  });
});

describe('the summaries of a run', () => {
  it('are there for every case of the plan, also for those without a launch', () => {
    const { summaries } = makeRunRecord(planFile('one'), { ...FINISHED, records: [] });
    expect(summaries).toMatchObject([
      { caseId: 'demo/case', launches: { time: 0 }, p50: { missing: expect.any(String) } },
    ]);
  });

  it('are the same whenever they are made from the same launches', () => {
    const records = [recordOf(0, TIMING), recordOf(1, MEMORY)];
    const make = () => makeRunRecord(planFile('one'), { ...FINISHED, records });
    expect(make()).toEqual(make());
  });
});
