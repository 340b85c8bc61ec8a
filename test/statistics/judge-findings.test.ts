// Defects count as seen only where the whole interval says so, and the evidence names the case that shows most.
import { describe, expect, it } from 'vitest';
import { type Finding, parseCondition } from '../../src/definition/index.js';
import type { Parameters } from '../../src/samples/index.js';
import { judgeFindings, measureGrowth, summarize } from '../../src/statistics/index.js';
import { benchmarkOf, caseOf, recordsOf, timingOf } from './case.js';

type About = { shows: string; where?: Parameters; against?: Parameters };

function findingOf({ shows, where = {}, against }: About): Finding {
  const condition = parseCondition(shows, { where, against, figures: { lost: { unit: '%', why: 'Lost.' } } });
  return { what: 'It does something wrong.', source: 'crate src/a.rs:1', shows, condition, where };
}

/** What a run says of one finding, where the launches of each case took these times and lost this share. */
function judged(about: About, cases: [Parameters, number[] | 'panic', lost?: number][]) {
  const all = cases.map(([parameters]) => caseOf(parameters));
  const benchmark = benchmarkOf(all, {
    scaling: 'size',
    figures: { lost: { unit: '%', why: 'Lost.' } },
    findings: [findingOf(about)],
    expects: 'panic',
  });
  const summaries = cases.map(([parameters, launches, lost = 0]) => {
    const results =
      launches === 'panic'
        ? (['panic', 'panic', 'panic'] as const)
        : launches.map((ns) => timingOf([ns], { figures: { lost } }));
    return summarize({
      benchmark,
      case: caseOf(parameters),
      records: recordsOf(caseOf(parameters), results),
      significance: 0.05,
    });
  });
  const growth = measureGrowth(benchmark, summaries, 0.05);
  const failures = cases.flatMap(([parameters, launches]) =>
    launches === 'panic'
      ? [1, 2, 3].map(() => ({
          caseId: caseOf(parameters).id,
          failure: { reason: 'panic' as const, message: 'no root' },
        }))
      : [],
  );
  return judgeFindings(benchmark, { summaries, growth, failures })[0];
}

const around = (ns: number) => [0.99 * ns, ns, 1.01 * ns];

describe('judgeFindings', () => {
  it('sees a growth whose whole interval lies above the limit, and tells the sizes', () => {
    const square = [10, 20, 40].map((size): [Parameters, number[]] => [{ size }, around(size ** 2)]);
    expect(judged({ shows: 'exponent > 1.5' }, square)).toMatchObject({
      status: 'seen',
      evidence: { subject: 'demo/case, 3 sizes from 10 to 40', metric: 'exponent' },
    });
    const line = [10, 20, 40].map((size): [Parameters, number[]] => [{ size }, around(size)]);
    expect(judged({ shows: 'exponent > 1.5' }, line)?.status).toBe('absent');
  });

  it('compares the cases that a ratio names, all other parameters equal', () => {
    const cases: [Parameters, number[]][] = [
      [{ kib: 1023, via: 'map' }, around(100)],
      [{ kib: 1025, via: 'map' }, around(1000)],
      [{ kib: 1023, via: 'read' }, around(5000)],
      [{ kib: 1025, via: 'read' }, around(5000)],
    ];
    expect(judged({ shows: 'ratio > 3', where: { kib: 1025 }, against: { kib: 1023 } }, cases)).toMatchObject({
      status: 'seen',
      evidence: { subject: caseOf({ kib: 1025, via: 'map' }).id, against: caseOf({ kib: 1023, via: 'map' }).id },
    });
    const equal = { shows: 'ratio > 3', where: { kib: 1025, via: 'read' }, against: { kib: 1023 } };
    expect(judged(equal, cases)?.status).toBe('absent');
  });

  it("reads the workload's own figures in their unit", () => {
    const cases: [Parameters, number[], number][] = [
      [{ size: 1 }, around(10), 0],
      [{ size: 2 }, around(10), 40],
    ];
    expect(judged({ shows: 'lost > 1 %' }, cases)).toMatchObject({
      status: 'seen',
      evidence: { subject: caseOf({ size: 2 }).id, metric: 'lost', unit: '%', estimate: { value: 40 } },
    });
    expect(judged({ shows: 'lost > 1 %', where: { size: 1 } }, cases)?.status).toBe('absent');
  });

  it('is in doubt where the interval holds the limit', () => {
    expect(judged({ shows: 'p50 > 10 ns' }, [[{ size: 1 }, [5, 10, 16]]])?.status).toBe('unclear');
  });

  it('counts launches that end as the definition expects', () => {
    expect(judged({ shows: 'panic' }, [[{ size: 1 }, 'panic']])).toMatchObject({
      status: 'seen',
      evidence: { kind: 'failure', failed: 3, launches: 3, message: 'no root' },
    });
    expect(judged({ shows: 'panic' }, [[{ size: 1 }, around(1)]])?.status).toBe('absent');
  });

  it('says that nobody looked where no such case was measured', () => {
    expect(judged({ shows: 'p50 > 1 ns', where: { size: 9 } }, [[{ size: 1 }, around(10)]])).toMatchObject({
      status: 'unmeasured',
      evidence: null,
    });
  });
});
