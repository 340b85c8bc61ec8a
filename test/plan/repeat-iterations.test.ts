// Launches that count instructions count the same iterations, within a run and against the baseline.
import { describe, expect, it } from 'vitest';
import { repeatIterations } from '../../src/plan/index.js';
import type { LaunchRequest } from '../../src/samples/index.js';
import { countOf, timingOf } from '../statistics/case.js';
import { planFile, recordOf } from '../store/plan-file.js';

const [counting, timing] = planFile('a', ['instructions', 'time']).plan.requests as [LaunchRequest, LaunchRequest];

describe('repeatIterations', () => {
  it('leaves the first launch of a case to choose, and asks the others for the same', () => {
    const repeater = repeatIterations();
    expect(repeater.amend(counting)).toEqual(counting);
    repeater.made(recordOf(0, countOf(7, 100)));
    expect(repeater.amend(counting)).toEqual({ ...counting, iterations: 100 });
    expect(repeater.amend({ ...counting, caseId: 'demo/other' })).not.toHaveProperty('iterations');
  });

  it('asks already the first launch for what the baseline has counted', () => {
    const repeater = repeatIterations(new Map([['demo/case', 10]]));
    expect(repeater.amend(counting)).toMatchObject({ iterations: 10 });
  });

  it('learns nothing from launches that counted nothing, and asks nothing of others', () => {
    const repeater = repeatIterations();
    repeater.made(recordOf(0, { kind: 'instructions', counted: null }));
    repeater.made(recordOf(1, timingOf([1])));
    repeater.made(recordOf(2, 'panic'));
    expect(repeater.amend(counting)).toEqual(counting);
    repeater.made(recordOf(3, countOf(7, 100)));
    expect(repeater.amend(timing)).toEqual(timing);
  });
});
