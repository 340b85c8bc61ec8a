// Whether every question about every subject has a benchmark, in every category: subject × priority × category.
import type { Benchmark, Category, SuiteFacts } from './benchmark.js';
import type { Declared } from './suite.js';

/** The categories in the order of their times, memory last. */
export const CATEGORIES: readonly Category[] = ['micro', 'integration', 'e2e', 'memory'];

/** Cases by category. */
export type CaseCounts = Record<Category, number>;

/** What answers one question. */
export interface PriorityCoverage {
  priority: string;
  cases: CaseCounts;
  /** Ids of its benchmarks. */
  benchmarks: string[];
}

/** What there is about one subject. */
export interface SubjectCoverage {
  suite: string;
  /** The crate, or the suite where it names none. */
  subject: string;
  cases: CaseCounts;
  /** Why nothing lies in a category. */
  absent: SuiteFacts['absent'];
  priorities: PriorityCoverage[];
  /** What is missing, a sentence each with its remedy; empty where all is covered. */
  holes: string[];
}

/**
 * The coverage of each suite that says which questions have to be answered about its subject.
 *
 * @example
 * measureCoverage({ benchmarks: [], suites: [] }) // []
 */
export function measureCoverage({ benchmarks, suites }: Declared): SubjectCoverage[] {
  return suites
    .filter(({ priorities }) => priorities.length > 0)
    .map((suite) =>
      coverSubject(
        suite,
        benchmarks.filter((benchmark) => benchmark.suite === suite.name),
      ),
    );
}

function coverSubject(suite: SuiteFacts, benchmarks: readonly Benchmark[]): SubjectCoverage {
  const subject = suite.crate ?? suite.name;
  const cases = countCases(benchmarks);
  const priorities = suite.priorities.map((priority) => {
    const its = benchmarks.filter((benchmark) => benchmark.priority === priority);
    return { priority, cases: countCases(its), benchmarks: its.map(({ id }) => id) };
  });
  const holes = [
    ...CATEGORIES.flatMap((category) => categoryHole(subject, category, { suite, cases })),
    ...priorities
      .filter((each) => each.benchmarks.length === 0)
      .map(({ priority }) => `${subject}: no benchmark answers "${priority}"; give one this priority`),
    ...benchmarks
      .filter(({ priority }) => priority === undefined)
      .map(({ id, declaredAt }) => `${declaredAt}: "${id}" answers no priority of its suite; give it one`),
  ];
  return { suite: suite.name, subject, cases, absent: suite.absent, priorities, holes };
}

function categoryHole(
  subject: string,
  category: Category,
  { suite, cases }: { suite: SuiteFacts; cases: CaseCounts },
): string[] {
  const reason = suite.absent[category];
  if (cases[category] === 0 && reason === undefined)
    return [`${subject}: no case is ${category}; add one, or say in its suite why nothing lies there ("absent")`];
  if (cases[category] > 0 && reason !== undefined)
    return [`${subject}: its suite says why no case is ${category}, and ${cases[category]} are; take the reason out`];
  return [];
}

function countCases(benchmarks: readonly Benchmark[]): CaseCounts {
  const all = benchmarks.flatMap(({ cases }) => cases);
  const count = (category: Category) => all.filter((each) => each.category === category).length;
  return { micro: count('micro'), integration: count('integration'), e2e: count('e2e'), memory: count('memory') };
}
