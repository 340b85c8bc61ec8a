// SELECT of the command line: ids, benchmarks, patterns, `crate:`, `category:`, `tag:`.
import { suggest } from '../units/index.js';
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
 * The cases that at least one of `selects` names. Where there are none: all cases but those of benchmarks with the tag
 * `on-demand`, which take so long that they have to be named.
 *
 * @param selects ids of cases or benchmarks, patterns in which only `*` is special, or `crate:`, `category:`, `tag:`
 * @throws SelectionError where one of them matches nothing
 * @example
 * selectCases(benchmarks, ['model/*', 'tag:tree'])
 */
export function selectCases(benchmarks: readonly Benchmark[], selects: readonly string[]): Selection[] {
  const matchers = selects.map((select) => ({ select, matches: matcher(select) }));
  for (const { select, matches } of matchers) {
    if (!benchmarks.some((benchmark) => benchmark.cases.some((each) => matches(benchmark, each))))
      throw unknown(select, benchmarks);
  }
  return benchmarks
    .map((benchmark) => ({
      benchmark,
      cases: benchmark.cases.filter(
        (each) =>
          (matchers.length === 0 && !benchmark.tags.includes(ON_DEMAND)) ||
          matchers.some(({ matches }) => matches(benchmark, each)),
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

function matcher(select: string): Matcher {
  const [, prefix, rest] = /^(crate|category|tag):(.*)$/.exec(select) ?? [];
  if (prefix === 'crate') return (benchmark) => benchmark.suite === rest || benchmark.crate === rest;
  if (prefix === 'category') return (_benchmark, each) => each.category === rest;
  if (prefix === 'tag') return (benchmark) => benchmark.tags.includes(rest as string);
  const pattern = new RegExp(`^${select.split('*').map(escapeForRegExp).join('.*')}$`);
  return (benchmark, each) => pattern.test(benchmark.id) || pattern.test(each.id);
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
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
