// Definitions say what, addons say how; both lists must hold the same ids and parameters.
import type { Benchmark } from './benchmark.js';

/** A workload as its addon lists it. */
export interface ListedWorkload {
  id: string;
  parameters: readonly string[];
}

/**
 * What stands on one side only, as sentences that name file and line or the addon; empty where both lists agree.
 *
 * @param benchmarks those whose workload is in this addon
 * @param addon its path and what it lists
 */
export function compareLists(
  benchmarks: readonly Benchmark[],
  addon: { file: string; workloads: readonly ListedWorkload[] },
): string[] {
  const listed = new Map(addon.workloads.map((workload) => [workload.id, workload.parameters]));
  const declared = new Set(benchmarks.map(({ id }) => id));
  const missing = [...listed.keys()]
    .filter((id) => !declared.has(id))
    .map((id) => `${addon.file}: workload "${id}" has no definition; declare it in a *.bench.ts file`);
  return [
    ...benchmarks.flatMap((benchmark) => compareOne(benchmark, addon.file, listed.get(benchmark.id))),
    ...missing,
  ];
}

function compareOne(benchmark: Benchmark, file: string, listed: readonly string[] | undefined): string[] {
  if (listed === undefined) return [`${benchmark.declaredAt}: benchmark "${benchmark.id}" has no workload in ${file}`];
  const declared = Object.keys(benchmark.profiled.parameters);
  const onlyDeclared = declared.filter((name) => !listed.includes(name));
  const onlyListed = listed.filter((name) => !declared.includes(name));
  return [
    ...onlyDeclared.map(
      (name) =>
        `${benchmark.declaredAt}: parameter "${name}" of "${benchmark.id}" is unknown to its workload, which has ${shown(listed)}`,
    ),
    ...onlyListed.map(
      (name) => `${benchmark.declaredAt}: "${benchmark.id}" lacks the parameter "${name}" of its workload`,
    ),
  ];
}

function shown(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ');
}
