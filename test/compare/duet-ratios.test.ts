// What duets say of two versions, whatever the pace of the machine was meanwhile.
import { describe, expect, it } from 'vitest';
import { compareLaunches, duetRatios, type LaunchPair } from '../../src/compare/index.js';
import { judgePair } from '../../src/compare/verdict.js';
import type { LaunchRecord } from '../../src/samples/index.js';
import { launchesOf } from './launches.js';

const record = (side: 'base' | 'head', duet: number, samplesNs: number[] | null, caseId = 'a'): LaunchRecord =>
  ({
    caseId,
    side,
    duet,
    kind: 'time',
    outcome: samplesNs ? { status: 'ok', result: { kind: 'time', samplesNs } } : { status: 'failed' },
  }) as LaunchRecord;

describe('the ratio of a duet', () => {
  it('is that of samples beside each other: a pace that changes is in both', () => {
    const pace = [1, 1, 1.4, 1.4, 0.9, 1.3];
    const records = [
      record(
        'head',
        4,
        pace.map((factor) => 110 * factor),
      ),
      record(
        'base',
        4,
        pace.map((factor) => 100 * factor),
      ),
    ];
    expect(
      duetRatios(records)
        .get('a')
        ?.map((ratio) => ratio.toFixed(6)),
    ).toEqual(['1.100000']);
  });

  it('needs both launches, of the same case and duet', () => {
    const records = [
      record('base', 0, [100]),
      record('head', 0, null),
      record('base', 2, [100]),
      record('head', 4, [100]),
      record('base', 6, [100], 'b'),
      record('head', 6, [100], 'c'),
    ];
    expect([...duetRatios(records)]).toEqual([]);
  });

  it('leaves out samples of no time', () => {
    expect(duetRatios([record('base', 0, [0, 100, 100]), record('head', 0, [50, 110, 120])]).get('a')?.length).toBe(1);
    expect(duetRatios([record('base', 0, [0]), record('head', 0, [0])]).size).toBe(0);
  });
});

describe('the verdict of duets', () => {
  const draw = launchesOf(3);
  const pace = draw(1, 0.2, 10);
  const pair = (ratio: number): LaunchPair => {
    const duets = draw(ratio, 0.005, 10);
    return {
      id: 'a',
      base: pace.map((factor) => 100 * factor),
      head: pace.map((factor, index) => 100 * factor * (duets[index] as number)),
      duets,
    };
  };

  it('sees a small change under a pace of the machine that launches alone could not see through', () => {
    const { duets: _none, ...alone } = pair(1.05);
    expect(judgePair(alone).verdict).toBe('unclear');
    expect(judgePair(pair(1.05))).toMatchObject({ verdict: 'slower', launches: { base: 10, head: 10 } });
    expect(judgePair(pair(1 / 1.05)).verdict).toBe('faster');
    expect(judgePair(pair(1)).verdict).toBe('same');
  });

  it('counts those whose launches both finished', () => {
    expect(judgePair({ ...pair(1.05), duets: [1.05, 1.05] })).toMatchObject({
      verdict: 'unclear',
      launches: { base: 2, head: 2 },
      moreLaunches: 3,
    });
  });

  it('has a p-value of its own', () => {
    const [seen] = compareLaunches([pair(1.05)]).cases;
    expect(seen?.pValue).toBeCloseTo(2 / 2 ** 10, 10);
  });
});
