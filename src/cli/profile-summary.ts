// What the profiles of many cases say together, a line for each engine.
import { Sample } from '../inference/index.js';
import { CALLERS_EXPECTED } from '../run/index.js';
import type { EngineResult, ProfileArtefacts } from '../store/index.js';
import { formatPercent } from '../units/index.js';

/** The median of fewer cases has no interval. */
const FEWEST = 6;

/**
 * How many cases each engine profiled, which share of samples has its JavaScript caller where that is lowest, and what
 * looking cost in the median over the cases, with its 95 % interval by order statistics.
 *
 * @returns no line where there is one case
 */
export function profileSummary(profiles: readonly ProfileArtefacts[]): string[] {
  if (profiles.length < 2) return [];
  const engines = [...new Set(profiles.flatMap((profile) => profile.engines.map(({ engine }) => engine)))];
  const width = Math.max(...engines.map(({ length }) => length));
  return engines.map((engine) => {
    const results = profiles.flatMap(({ caseId, engines: its }) =>
      its.filter((each) => each.engine === engine).map((result) => ({ caseId, result })),
    );
    const facts = [countText(results.map(({ result }) => result)), callersText(results), costText(results)];
    return `${engine.padEnd(width)}  ${facts.filter((fact) => fact !== undefined).join(' · ')}`;
  });
}

interface CaseResult {
  caseId: string;
  result: EngineResult;
}

function countText(results: readonly EngineResult[]): string {
  const failed = results.filter(({ failure }) => failure !== undefined).length;
  const skipped = results.filter((result) => result.skipped !== undefined).length;
  const others = [...(failed > 0 ? [`${failed} failed`] : []), ...(skipped > 0 ? [`${skipped} left out`] : [])];
  return [`${results.length - failed - skipped} of ${results.length} cases profiled`, ...others].join(', ');
}

function callersText(results: readonly CaseResult[]): string | undefined {
  const shares = results.flatMap(({ caseId, result: { javascriptCallerShare: share } }) =>
    share === undefined ? [] : [{ caseId, share }],
  );
  const lowest = shares.toSorted((a, b) => a.share - b.share)[0];
  if (lowest === undefined) return undefined;
  const few = shares.filter(({ share }) => share < CALLERS_EXPECTED).length;
  const most = `≥ ${formatPercent(CALLERS_EXPECTED)} of samples with their JavaScript caller`;
  return `${most} in ${shares.length - few} of ${shares.length}, lowest ${(lowest.share * 100).toFixed(1)} % (${lowest.caseId})`;
}

function costText(results: readonly CaseResult[]): string | undefined {
  const time = medianText(results.flatMap(({ result }) => result.slowdown ?? []));
  const processor = medianText(results.flatMap(({ result }) => result.cpuSlowdown ?? []));
  if (time === undefined) return undefined;
  return `cost in the median ${time} time${processor === undefined ? '' : `, ${processor} CPU`}`;
}

function medianText(ratios: readonly number[]): string | undefined {
  if (ratios.length < FEWEST) return undefined;
  const sample = new Sample(ratios);
  const { low, high } = sample.quantileInterval(0.5);
  const [middle, from, to] = [sample.median, low, high].map((ratio) => ((ratio - 1) * 100).toFixed(1));
  return `${middle} % [${from}, ${to}]`.replaceAll('-', '−');
}
