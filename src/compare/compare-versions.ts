// Two versions that were measured in turn in one run.
import type { RunRecord, RunVersions } from '../store/index.js';
import type { ComparedCase, CompareOptions } from './compare-launches.js';
import { compareRuns, type RunComparison } from './compare-runs.js';

/**
 * Compares both sides of a run. Cases that run the same code are `same` without a launch; what a version had to leave
 * out is listed.
 *
 * @param records those of both sides
 */
export function compareVersions(
  records: { base: RunRecord; head: RunRecord },
  versions: RunVersions,
  options: Omit<CompareOptions, 'interleaved'>,
): RunComparison {
  const comparison = compareRuns(records.base, records.head, { ...options, interleaved: true });
  return {
    ...comparison,
    cases: [...comparison.cases, ...versions.identical.map(sameCode)],
    base: { ...comparison.base, version: versions.base.spec },
    head: { ...comparison.head, version: versions.head.spec },
    sameCode: versions.identical,
    leftOut: { base: versions.base.leftOut, head: versions.head.leftOut },
  };
}

function sameCode(id: string): ComparedCase {
  return {
    id,
    verdict: 'same',
    ratio: 1,
    low: 1,
    high: 1,
    launches: { base: 0, head: 0 },
    typical: null,
    noiseFloor: null,
    moreLaunches: 0,
    pValue: 1,
    qValue: 1,
    reason: 'both versions run the same code, so it was not measured',
  };
}
