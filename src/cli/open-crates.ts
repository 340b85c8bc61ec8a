// Versions of crates: the benchmarks of suites over them, with the addons that were built for the version.

import type { Benchmark, Selection } from '../definition/index.js';
import { addonFile } from '../native/index.js';
import type { LeftOut } from '../store/index.js';
import { type BuildHooks, type CrateAddon, type CrateChoice, openCrates } from '../versions/index.js';
import { listWorkloads, type Project } from './project.js';
import { withAddon } from './with-addon.js';

/** What a version of crates has of a selection. */
export interface OpenedCrates {
  selections: Selection[];
  subjects: Record<string, string>;
  leftOut: LeftOut[];
}

/** The addons over crates, by the names that definitions give them. */
const ADDONS = ['moduforge', 'moduforge-rules'] as const;
/** Its workloads start the compiler on whatever was compiled last, which may be another version. */
const OF_COMPILER = /\/compile-time$/;
/** Between two lines about a build. */
const TELL_EVERY_MS = 10_000;

/** Builds the addons that a selection needs, with a feature for each of its suites, and takes their workloads. */
export async function openCrateVersion(
  spec: string,
  choice: CrateChoice,
  { project, selections, runner }: { project: Project; selections: readonly Selection[]; runner: boolean },
): Promise<OpenedCrates> {
  const opened: OpenedCrates = { selections: [], subjects: {}, leftOut: [] };
  for (const name of ADDONS) {
    const its = selections.filter((each) => isIn(each.benchmark, addonFile(name, project.root)));
    const measurable = its.filter(({ benchmark }) => !OF_COMPILER.test(benchmark.id));
    for (const { benchmark } of its.filter((each) => !measurable.includes(each)))
      opened.leftOut.push({ what: benchmark.id, reason: 'it compiles with the crates that were built last' });
    const suites = [...new Set(measurable.map(({ benchmark }) => benchmark.suite))];
    if (suites.length === 0) continue;
    const built = await openCrates(name, { features: suites, runner }, choice, buildHooks(spec));
    Object.assign(opened.subjects, built.subjects);
    opened.leftOut.push(...built.leftOut);
    opened.selections.push(...measurable.flatMap((each) => withBuilt(each, built)));
  }
  return opened;
}

function isIn({ workload }: Benchmark, addon: string): boolean {
  return workload.kind === 'native' && workload.addon === addon;
}

function withBuilt({ benchmark, cases }: Selection, { file, runner }: CrateAddon): Selection[] {
  if (file === null) return [];
  if (!listWorkloads(file).some(({ id }) => id === benchmark.id)) return [];
  return [{ benchmark: withAddon(benchmark, file, runner ?? undefined), cases }];
}

function buildHooks(spec: string): BuildHooks {
  let [crates, toldAt] = [0, Date.now()];
  return {
    onBuild: (suites) =>
      process.stderr.write(
        `Building the workloads of ${suites.join(', ')} for ${spec}; it is kept for the next time\n`,
      ),
    onCrate(name) {
      crates += 1;
      if (Date.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = Date.now();
      process.stderr.write(`Building for ${spec}: ${crates} crates, ${name} is done\n`);
    },
    onWait: (owner) => process.stderr.write(`Waiting for process ${owner}, which builds another version\n`),
  };
}
