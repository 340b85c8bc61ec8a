// Rules that find changes of a series: ours, and those of other tools.
import type { Forgebench } from './forgebench.js';
import { perfherder } from './perfherder.js';
import { installDetectors, runDetector } from './python.js';

/** A change that a rule reports, and whether it would alarm somebody. */
export interface Found {
  /** First point after the change, from 0. */
  index: number;
  alarm: boolean;
}

/** A rule with where it comes from. */
export interface SeriesRule {
  name: string;
  source: string;
  /** A slow rule is given fewer series. */
  isSlow: boolean;
  find(series: readonly (readonly number[])[]): Found[][];
}

/** All rules; ours first, read once and read after every new point. Those that cannot be had are told with the reason. */
export async function seriesRules({
  findChanges,
  DEFAULT_HISTORY_OPTIONS,
}: Pick<Forgebench, 'findChanges' | 'DEFAULT_HISTORY_OPTIONS'>): Promise<{ rules: SeriesRule[]; missing?: string }> {
  const ours = (growing: boolean) => (series: readonly (readonly number[])[]) =>
    series.map((each) => findChanges(each, { ...DEFAULT_HISTORY_OPTIONS, growing }));
  const rules: SeriesRule[] = [
    { name: 'forgebench', source: '`findChanges`, read once', isSlow: false, find: ours(false) },
    {
      name: 'forgebench, growing',
      source: 'the same, for a series that is read after every new point',
      isSlow: false,
      find: ours(true),
    },
    {
      name: 'Perfherder',
      source: 'reimplemented from its published rule (t > 7, windows 12–24 and 12, alarms from 2 %)',
      isSlow: false,
      find: (series) => series.map(perfherder),
    },
  ];
  const missing = await installDetectors();
  if (missing !== undefined) return { rules, missing };
  return { rules: [...rules, ...packaged()] };
}

function packaged(): SeriesRule[] {
  return [
    {
      name: 'asv',
      source: 'package asv 0.6.6, L1-Potts, regressions from 5 %',
      isSlow: true,
      find: (series) => runDetector('asv', series),
    },
    {
      name: 'Otava',
      source: 'package apache-otava 0.8.0, window 50, p < .001',
      isSlow: true,
      find: (series) => runDetector('otava', series),
    },
  ];
}
