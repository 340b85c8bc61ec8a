// SELECT of the command line: ids, benchmarks, patterns, `crate:`, `category:`, `tag:`.
import { escapeForRegExp, suggest } from '../units/index.js';
import type { Benchmark, Case } from './benchmark.js';

/** A benchmark with those of its cases that were selected. */
export interface Selection {
  benchmark: Benchmark;
  cases: Case[];
}

const ON_DEMAND = 'on-demand';

/** Nothing matches a selection; the message suggests the nearest id. */
export class SelectionError extends Error {
  override name = 'SelectionError';
}

/**
 * The cases that at least one of `selects` names; all cases where there are none. Benchmarks with the tag `on-demand`,
 * which take long or need preparing, have to be named: by their id, which may end in a pattern of cases, or by a tag.
 *
 * @param selects ids of cases or benchmarks, patterns in which only `*` is special, or `crate:`, `category:`, `tag:`
 * @param options `onDemand` takes those for granted that have to be named, as a list does
 * @throws SelectionError where one of them matches nothing
 * @example
 * selectCases(benchmarks, ['model/*', 'tag:tree'])
 */
export function selectCases(
  benchmarks: readonly Benchmark[],
  selects: readonly string[],
  { onDemand = false }: { onDemand?: boolean } = {},
): Selection[] {
  const matchers = selects.map((select) => ({ select, matches: matcher(select, onDemand) }));
  for (const { select, matches } of matchers) {
    if (!benchmarks.some((benchmark) => benchmark.cases.some((each) => matches(benchmark, each))))
      throw unknown(select, benchmarks);
  }
  const all = (benchmark: Benchmark) => matchers.length === 0 && (onDemand || !benchmark.tags.includes(ON_DEMAND));
  return benchmarks
    .map((benchmark) => ({
      benchmark,
      cases: benchmark.cases.filter(
        (each) => all(benchmark) || matchers.some(({ matches }) => matches(benchmark, each)),
      ),
    }))
    .filter(({ cases }) => cases.length > 0);
}

/**
 * What an endurance run counts where nobody says which: every case of category memory, and of each benchmark whose
 * operation is micro the case that is profiled, because a million of its operations take seconds. Commands have no
 * memory launches.
 *
 * @example
 * selectMemoryCases(benchmarks).every(({ cases }) => cases.length > 0) // true
 */
export function selectMemoryCases(benchmarks: readonly Benchmark[]): Selection[] {
  return selectCases(benchmarks, [])
    .filter(({ benchmark }) => benchmark.workload.kind !== 'command')
    .map(({ benchmark, cases }) => ({
      benchmark,
      cases: cases.filter(
        ({ id, category }) => category === 'memory' || (category === 'micro' && id === benchmark.profiled.id),
      ),
    }))
    .filter(({ cases }) => cases.length > 0);
}

/** The case that stands for a benchmark: the one that its definition names, or the first that was selected. */
export function representative({ benchmark, cases }: Selection): Case {
  return cases.find(({ id }) => id === benchmark.profiled.id) ?? (cases[0] as Case);
}

type Matcher = (benchmark: Benchmark, each: Case) => boolean;

function matcher(select: string, onDemand: boolean): Matcher {
  const [, prefix, rest] = /^(crate|category|tag):(.*)$/.exec(select) ?? [];
  if (prefix === 'tag') return (benchmark) => benchmark.tags.includes(rest as string);
  const mayBe = (benchmark: Benchmark) => onDemand || !benchmark.tags.includes(ON_DEMAND);
  if (prefix === 'crate')
    return (benchmark) => mayBe(benchmark) && (benchmark.suite === rest || benchmark.crate === rest);
  if (prefix === 'category') return (benchmark, each) => mayBe(benchmark) && each.category === rest;
  const pattern = new RegExp(`^${select.split('*').map(escapeForRegExp).join('.*')}$`);
  const named = select.split('*')[0] ?? '';
  return (benchmark, each) =>
    (pattern.test(benchmark.id) || pattern.test(each.id)) && (mayBe(benchmark) || named.startsWith(benchmark.id));
}

function unknown(select: string, benchmarks: readonly Benchmark[]): SelectionError {
  const nearest = suggest(select, candidates(select, benchmarks));
  const remedy =
    nearest === undefined
      ? 'run "forgebench list" for all ids'
      : `did you mean "${nearest}"? "forgebench list" shows all ids`;
  return new SelectionError(`Cannot select "${select}": no case matches it; ${remedy}`);
}

function candidates(select: string, benchmarks: readonly Benchmark[]): string[] {
  if (select.startsWith('crate:'))
    return benchmarks.flatMap(({ suite, crate }) => [`crate:${suite}`, ...(crate ? [`crate:${crate}`] : [])]);
  if (select.startsWith('tag:')) return benchmarks.flatMap(({ tags }) => tags.map((tag) => `tag:${tag}`));
  if (select.startsWith('category:'))
    return ['micro', 'integration', 'e2e', 'memory'].map((name) => `category:${name}`);
  return benchmarks.flatMap(({ id, cases }) => (select.includes('[') ? cases.map((each) => each.id) : [id]));
}
