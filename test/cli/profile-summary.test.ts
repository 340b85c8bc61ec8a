// What the profiles of many cases say together.
import { describe, expect, it } from 'vitest';
import { profileSummary } from '../../src/cli/profile-summary.js';
import type { EngineResult } from '../../src/store/index.js';

const profilesOf = (results: readonly EngineResult[]) =>
  results.map((result, at) => ({ caseId: `case-${at}`, engines: [result] }));
const cpu = (slowdown: number): EngineResult => ({ engine: 'cpu', files: {}, slowdown, cpuSlowdown: slowdown + 0.03 });

describe('the summary of profiles', () => {
  it('gives the cost in the median over the cases with its interval, and none of fewer than six', () => {
    const costs = [0.99, 1, 1.01, 1.01, 1.02, 1.04, 1.5];
    expect(profileSummary(profilesOf(costs.map(cpu)))).toEqual([
      'cpu  7 of 7 cases profiled · cost in the median 1.0 % [−1.0, 50.0] time, 4.0 % [2.0, 53.0] CPU',
    ]);
    expect(profileSummary(profilesOf(costs.slice(0, 5).map(cpu)))).toEqual(['cpu  5 of 5 cases profiled']);
  });

  it('counts cases with too few JavaScript callers, and names the one with fewest', () => {
    const flame = (javascriptCallerShare: number) => ({ engine: 'flame', files: {}, javascriptCallerShare });
    expect(profileSummary(profilesOf([flame(1), flame(0.968), flame(0.97)]))).toEqual([
      'flame  3 of 3 cases profiled · ≥ 97 % of samples with their JavaScript caller in 2 of 3, lowest 96.8 % (case-1)',
    ]);
  });

  it('counts what failed and what was left out', () => {
    const results = [{}, { failure: 'perf was killed' }, { skipped: 'not applicable' }];
    const [line] = profileSummary(profilesOf(results.map((each) => ({ engine: '0x', files: {}, ...each }))));
    expect(line).toBe('0x  1 of 3 cases profiled, 1 failed, 1 left out');
  });

  it('says nothing of one case', () => {
    expect(profileSummary(profilesOf([cpu(1)]))).toEqual([]);
  });
});
