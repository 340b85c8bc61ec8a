// The only door of the room: what is measured, as its author declares it. Also the package's public API.
export type { Benchmark, Case, Category, Condition, Finding, SuiteFacts, Target } from './benchmark.js';
export { caseId, hasParameters } from './case-id.js';
export { compareLists, type ListedWorkload } from './compare-lists.js';
export {
  CATEGORIES,
  type CaseCounts,
  measureCoverage,
  type PriorityCoverage,
  type SubjectCoverage,
} from './coverage.js';
export { DefinitionError } from './definition-error.js';
export { parseCondition } from './finding.js';
export { loadDefinitions } from './load-definitions.js';
export type { ModuleWorkload, ModuleWorkloadFactory } from './module-workload.js';
export {
  representative,
  type Selection,
  SelectionError,
  selectCases,
  selectMemoryCases,
} from './select-cases.js';
export type { BenchmarkSpec, SuiteSpec } from './spec.js';
export { type Declared, type Suite, suite } from './suite.js';
export { parseShard, type Shard, takeShard, takeShardOfBoth } from './take-shard.js';
export { parseTarget } from './target.js';
export { type LoadOptions, transpile } from './transpile.js';
