// Defects that the example run was there to show: one seen in a growth, one as failed launches, one not measured.
import type { Benchmark, Finding } from '../../src/definition/index.js';
import type { FindingResult } from '../../src/statistics/index.js';
import { HOSTILE } from './fixture-around.js';

const BY_BENCHMARK: Record<string, Finding[]> = {
  'model/tree-build': [
    {
      what: 'Adding a child looks through all children, so that building a document is quadratic.',
      source: 'moduforge-model src/tree.rs:332',
      shows: 'exponent > 1.5',
      condition: { kind: 'exponent', relation: '>', limit: 1.5 },
      where: {},
    },
    {
      what: `Something nobody has looked for. ${HOSTILE}`,
      source: HOSTILE,
      shows: 'ratio > 3',
      condition: { kind: 'ratio', relation: '>', limit: 3, against: { nodes: 5 } },
      where: { nodes: 7 },
    },
  ],
  'state/concurrent': [
    {
      what: 'Tasks that share a state lose updates.',
      source: 'moduforge-state src/state.rs:120-140',
      shows: 'wrong-answer',
      condition: { kind: 'failure', reason: 'wrong-answer' },
      where: {},
    },
  ],
};

/** The findings that a benchmark of the example declares. */
export function findingsOf(id: string): Finding[] {
  return BY_BENCHMARK[id] ?? [];
}

/** What the example run says of them. */
export function findingResults(benchmarks: readonly Benchmark[]): FindingResult[] {
  return benchmarks.flatMap(({ id, findings }) =>
    findings.map((finding) => ({ benchmarkId: id, finding, ...seen(finding) })),
  );
}

function seen({ condition }: Finding): Pick<FindingResult, 'status' | 'evidence'> {
  if (condition.kind === 'ratio') return { status: 'unmeasured', evidence: null };
  if (condition.kind === 'failure') {
    const subject = 'state/concurrent[tasks=8]';
    const message = 'expected 8 updates, found 7';
    return { status: 'seen', evidence: { kind: 'failure', subject, failed: 3, launches: 3, message } };
  }
  const subject = 'model/tree-build, 3 sizes from 100 to 10000';
  const estimate = { value: 1.98, low: 1.95, high: 2.01 };
  return { status: 'seen', evidence: { kind: 'figure', subject, metric: 'exponent', unit: '', estimate } };
}
