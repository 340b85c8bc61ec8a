// Verdicts of single cases and of whole comparisons.
import { describe, expect, it } from 'vitest';
import { compareLaunches, DEFAULT_COMPARE_OPTIONS, type LaunchPair } from '../../src/compare/index.js';
import { judgePair } from '../../src/compare/verdict.js';
import { launchesOf } from './launches.js';

const pair = (base: number[], head: number[]): LaunchPair => ({ id: 'a', base, head });

describe('the verdict of a case', () => {
  it('is slower where all launches are, and faster the other way round', () => {
    const [old, now] = [
      [100, 101, 99, 100, 101],
      [110, 111, 109, 110, 111],
    ] as [number[], number[]];
    expect(judgePair(pair(old, now))).toMatchObject({ verdict: 'slower', launches: { base: 5, head: 5 } });
    expect(judgePair(pair(now, old))).toMatchObject({ verdict: 'faster' });
    expect(judgePair(pair(old, now)).ratio).toBeCloseTo(1.1, 2);
  });

  it('takes a difference beyond what two runs of the same code lay apart so far', () => {
    const [base, head] = [
      [100, 100.2, 100.4, 100.6, 100.8],
      [104, 104.2, 104.4, 104.6, 104.8],
    ] as [number[], number[]];
    expect(judgePair({ ...pair(base, head), noiseFloor: 0.02 })).toMatchObject({ verdict: 'slower', noiseFloor: 0.02 });
    expect(judgePair({ ...pair(base, head), noiseFloor: 0.06 }).verdict).not.toBe('slower');
    expect(judgePair(pair(base, head)).noiseFloor).toBeNull();
  });

  it('is the same where launches differ by less than matters, however surely', () => {
    const base = Array.from({ length: 30 }, (_, index) => 100 + 0.01 * index);
    const head = base.map((value) => value * 1.008);
    expect(judgePair(pair(base, head))).toMatchObject({ verdict: 'same', moreLaunches: 0 });
  });

  it('needs a larger difference where launches are noisier, though the bound lies beyond the margin', () => {
    const base = [100, 100.2, 100.4, 100.6, 100.8];
    const quiet = judgePair(pair(base, [102, 102.2, 102.4, 102.6, 102.8]));
    expect(quiet.verdict).toBe('slower');
    const wide = [100, 101, 102, 103, 104];
    const noisy = judgePair(pair(wide, [103.2, 103.6, 105, 107, 110]));
    expect(Math.log(noisy.low)).toBeGreaterThan(0.0037 + 0.008 / 5);
    expect(noisy.verdict).not.toBe('slower');
  });

  it('is unclear with two launches, and says how many more are needed', () => {
    expect(judgePair(pair([100, 101], [150, 151]))).toMatchObject({ verdict: 'unclear', moreLaunches: 3 });
  });

  it('is unclear where noise could hide more than the tolerance', () => {
    const seen = judgePair(pair([100, 130, 90, 120, 105], [104, 131, 88, 119, 109]));
    expect(seen.verdict).toBe('unclear');
    expect(seen.reason).toContain('tolerance');
    expect(seen.moreLaunches).toBeGreaterThan(5);
  });

  it('waits for more launches where the case can be settled', () => {
    const difference = pair([100, 101, 99, 100, 101], [110, 111, 109, 110, 111]);
    const options = { ...DEFAULT_COMPARE_OPTIONS, settling: true };
    expect(judgePair(difference, options)).toMatchObject({ verdict: 'unclear', moreLaunches: 5 });
    const thrice = pair(
      difference.base.flatMap((value) => [value, value + 0.1, value - 0.1]),
      difference.head.flatMap((value) => [value, value + 0.1, value - 0.1]),
    );
    expect(judgePair(thrice, options)).toMatchObject({ verdict: 'slower', moreLaunches: 0 });
  });

  it('finds 5 % in nearly all and calls nearly nothing that is not there, at 1 % noise and five launches', () => {
    const draw = launchesOf(1);
    let [found, falseCalls] = [0, 0];
    for (let trial = 0; trial < 2000; trial++) {
      if (judgePair(pair(draw(100, 0.01, 5), draw(105, 0.01, 5))).verdict === 'slower') found++;
      if (['slower', 'faster'].includes(judgePair(pair(draw(100, 0.01, 5), draw(100, 0.01, 5))).verdict)) falseCalls++;
    }
    expect(found / 2000).toBeGreaterThan(0.99);
    expect(falseCalls / 2000).toBeLessThan(0.015);
  });

  it('believes launches that lie apart, however widely they scatter', () => {
    const draw = launchesOf(4);
    const [base, head] = [draw(100, 0.3, 8), draw(1000, 0.3, 8)];
    expect(judgePair(pair(base, head)).verdict).toBe('slower');
  });

  it.each([0.03, 0.1, 0.3])(
    'calls next to nothing that is not there on a machine that scatters launches by %d',
    (noise) => {
      const draw = launchesOf(3);
      const options = { ...DEFAULT_COMPARE_OPTIONS, settling: true };
      const falseCalls = Array.from({ length: 3000 }, () => {
        const [base, head] = [draw(100, noise, 25), draw(100, noise, 25)];
        const atStage = (count: number) => judgePair(pair(base.slice(0, count), head.slice(0, count)), options).verdict;
        return [5, 10, 15, 25].map(atStage).find((verdict) => verdict !== 'unclear') ?? 'unclear';
      }).filter((verdict) => verdict === 'slower' || verdict === 'faster').length;
      expect(falseCalls / 3000).toBeLessThan(0.01);
    },
  );

  /** The verdicts of so many settled cases whose duets scatter by `noise` around `ratio`. */
  function settled(cases: number, { ratio, noise }: { ratio: number; noise: number }): (string | undefined)[] {
    const draw = launchesOf(5);
    const options = { ...DEFAULT_COMPARE_OPTIONS, settling: true };
    return Array.from({ length: cases }, () => {
      const duets = draw(ratio, noise, 50);
      const atStage = (count: number) => {
        const ratios = duets.slice(0, count);
        const base = ratios.map(() => 1);
        return judgePair({ ...pair(base, ratios), duets: ratios }, options).verdict;
      };
      return [10, 15, 25, 50].map(atStage).find((verdict) => verdict !== 'unclear');
    });
  }
  const share = (verdicts: ReturnType<typeof settled>, verdict: string) =>
    verdicts.filter((each) => each === verdict).length / verdicts.length;

  it.each([0.04, 0.06, 0.08])(
    'does not call a change of the tolerance the same when it is settled, though duets scatter by %d',
    (noise) => {
      expect(share(settled(1000, { ratio: 1.05, noise }), 'same')).toBeLessThan(0.02);
    },
  );

  it('finds a change by 5 % when it is settled, though duets scatter by 6 %, and nothing where nothing has changed', () => {
    expect(share(settled(1000, { ratio: 1.05, noise: 0.06 }), 'slower')).toBeGreaterThan(0.95);
    const unchanged = settled(2000, { ratio: 1, noise: 0.06 });
    expect(share(unchanged, 'slower') + share(unchanged, 'faster')).toBeLessThan(0.006);
  });

  it('has an interval that covers the ratio as often as it says', () => {
    const draw = launchesOf(2);
    const covered = Array.from({ length: 3000 }, () =>
      judgePair(pair(draw(100, 0.02, 10), draw(103, 0.02, 10))),
    ).filter(({ low, high }) => low <= 1.03 && 1.03 <= high).length;
    expect(covered / 3000).toBeGreaterThan(0.85);
    expect(covered / 3000).toBeLessThan(0.89);
  });
});

describe('a comparison', () => {
  /** Cases of which the first `up` become slower and the next `down` faster, by this share. */
  function suite(seed: number, moved: { up: number; down: number; by: number }): LaunchPair[] {
    const draw = launchesOf(seed);
    return Array.from({ length: 60 }, (_, index) => {
      const factor = index < moved.up ? 1 + moved.by : index < moved.up + moved.down ? 1 / (1 + moved.by) : 1;
      return { id: `case-${index}`, base: draw(100, 0.003, 10), head: draw(100 * factor, 0.003, 10) };
    });
  }
  const count = (verdict: string, { cases }: ReturnType<typeof compareLaunches>) =>
    cases.filter((each) => each.verdict === verdict).length;

  it('calls what became slower', () => {
    const comparison = compareLaunches(suite(1, { up: 6, down: 0, by: 0.03 }));
    expect(comparison.machineState).toBeNull();
    expect(count('slower', comparison)).toBe(6);
    expect(comparison.cases[0]?.qValue).toBeLessThan(0.01);
  });

  it('does not call cases that a changed machine moved both ways, and says so', () => {
    const comparison = compareLaunches(suite(2, { up: 4, down: 4, by: 0.03 }));
    expect(comparison.machineState).toMatchObject({ slower: 4, faster: 4 });
    expect(count('unclear', comparison)).toBe(8);
  });

  it('notices a changed machine before any case alone would be called', () => {
    const comparison = compareLaunches(suite(5, { up: 5, down: 5, by: 0.008 }));
    expect(comparison.machineState).not.toBeNull();
    expect(count('slower', comparison) + count('faster', comparison)).toBe(0);
  });

  it('believes ten slower cases beside two faster ones, and doubts them beside four', () => {
    expect(compareLaunches(suite(6, { up: 10, down: 2, by: 0.03 })).machineState).toBeNull();
    expect(compareLaunches(suite(6, { up: 10, down: 4, by: 0.03 })).machineState).toMatchObject({
      slower: 10,
      faster: 4,
    });
  });

  it('calls large changes even then, and all where launches were made in turn', () => {
    expect(count('slower', compareLaunches(suite(3, { up: 4, down: 4, by: 0.2 })))).toBe(4);
    const interleaved = { ...DEFAULT_COMPARE_OPTIONS, interleaved: true };
    const comparison = compareLaunches(suite(4, { up: 4, down: 4, by: 0.03 }), interleaved);
    expect(comparison.machineState).toBeNull();
    expect(count('slower', comparison)).toBe(4);
  });
});
