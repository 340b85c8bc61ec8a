// The typed API of definition files: `suite('model', …).benchmark('node-create', …)`.
import { dirname, resolve } from 'node:path';
import { addonFile, runnerFile } from '../native/index.js';
import type { Parameters, WorkloadReference } from '../samples/index.js';
import type { Benchmark, Case, Finding, SuiteFacts } from './benchmark.js';
import { caseId, hasParameters } from './case-id.js';
import { callSite, DefinitionError } from './definition-error.js';
import { parseCondition } from './finding.js';
import { type BenchmarkSpec, benchmarkSpec, type CheckedBenchmarkSpec, type SuiteSpec, suiteSpec } from './spec.js';
import { parseTarget } from './target.js';

/** A suite that benchmarks can be added to. */
export interface Suite {
  /** Declares a benchmark under `suite/name`. */
  benchmark(name: string, spec: BenchmarkSpec): Suite;
}

// Definitions may load another copy of this package than the program that collects them; the symbol is theirs both.
const COLLECTOR = Symbol.for('forgebench.collector');

/** What definitions declare. */
export interface Declared {
  /** In the order of their declaration. */
  benchmarks: Benchmark[];
  suites: SuiteFacts[];
}

const global = globalThis as { [COLLECTOR]?: Declared };

/**
 * Declares a suite: the benchmarks of one subject.
 *
 * @param name the first part of every id
 * @param spec where its workloads are: `{ addon: 'moduforge' }`, or nothing for modules and commands
 * @throws DefinitionError naming file, line and field
 * @example
 * suite('json').benchmark('parse', {
 *   why: 'How fast does JSON.parse read a small document?',
 *   operation: 'one document parsed',
 *   category: 'micro',
 *   module: { file: './json.mjs', export: 'parse' },
 * });
 */
export function suite(name: string, spec: SuiteSpec = {}): Suite {
  const site = callSite(suite);
  const checked = suiteSpec.safeParse({ name, ...spec });
  if (!checked.success)
    throw DefinitionError.fromZod(`suite "${name}"`, checked.error, {
      place: site,
      allowed: Object.keys(suiteSpec.shape),
    });
  const { crate, priorities = [], absent } = checked.data;
  global[COLLECTOR]?.suites.push({ name, crate, priorities, absent });
  const self: Suite = {
    benchmark(benchmarkName, benchmark) {
      const declaredAt = callSite(self.benchmark);
      const id = `${name}/${benchmarkName}`;
      const result = benchmarkSpec.safeParse(benchmark);
      if (!result.success)
        throw DefinitionError.fromZod(`benchmark "${id}"`, result.error, {
          place: declaredAt,
          allowed: Object.keys(benchmarkSpec.shape),
        });
      collect(
        toBenchmark(
          { suite: name, name: benchmarkName, addon: spec.addon, runner: spec.runner, crate, priorities },
          result.data,
          declaredAt,
        ),
      );
      return self;
    },
  };
  return self;
}

/** Runs `load` and returns what was declared meanwhile. */
export async function collectDeclared(load: () => Promise<unknown>): Promise<Declared> {
  const collector: Declared = { benchmarks: [], suites: [] };
  global[COLLECTOR] = collector;
  try {
    await load();
  } finally {
    delete global[COLLECTOR];
  }
  return collector;
}

function collect(benchmark: Benchmark): void {
  const collector = global[COLLECTOR];
  if (!collector)
    throw new DefinitionError(
      `Cannot declare benchmark "${benchmark.id}": no forgebench is loading definitions; run "forgebench list"`,
      benchmark.declaredAt,
    );
  const same = collector.benchmarks.find((other) => other.id === benchmark.id);
  if (same)
    throw new DefinitionError(
      `Cannot declare benchmark "${benchmark.id}" twice: it stands at ${same.declaredAt} too`,
      benchmark.declaredAt,
    );
  collector.benchmarks.push(benchmark);
}

type Owner = {
  suite: string;
  name: string;
  addon: string | undefined;
  runner: string | undefined;
  crate: string | undefined;
  priorities: readonly string[];
};

function toBenchmark(owner: Owner, spec: CheckedBenchmarkSpec, declaredAt: string): Benchmark {
  const id = `${owner.suite}/${owner.name}`;
  const fail = (reason: string) => new DefinitionError(`Cannot declare benchmark "${id}": ${reason}`, declaredAt);
  const all = spec.cases ?? combinations(spec.parameters ?? {});
  const names = Object.keys(all[0] as Parameters).join(',');
  if (all.some((each) => Object.keys(each).join(',') !== names))
    throw fail('its cases have different parameters; give every case the same ones in the same order');
  const cases: Case[] = all.map((parameters) => {
    const other = spec.categories.find((band) => hasParameters(parameters, band.where));
    return { id: caseId(id, parameters), parameters, category: other?.category ?? spec.category };
  });
  const wanted = spec.profile;
  const profiled = wanted ? cases.find((each) => hasParameters(each.parameters, wanted)) : cases[0];
  if (!profiled) throw fail(`"profile" names ${caseId(id, wanted ?? {})}, which is no case of it`);
  if (spec.scaling !== undefined && !(spec.scaling in profiled.parameters))
    throw fail(`"scaling" names "${spec.scaling}", which is no parameter of it`);
  if (spec.priority !== undefined && !owner.priorities.includes(spec.priority))
    throw fail(
      `its priority "${spec.priority}" is none of the suite's: ${owner.priorities.join(', ') || 'it has none'}`,
    );
  return {
    id,
    suite: owner.suite,
    name: owner.name,
    crate: owner.crate,
    why: spec.why,
    priority: spec.priority,
    operation: spec.operation,
    category: spec.category,
    tags: spec.tags,
    targets: spec.targets.map((target) => readTarget(target, spec.figures, fail)),
    scaling: spec.scaling,
    figures: spec.figures,
    findings: spec.findings.map((finding) => readFinding(finding, spec, fail)),
    workload: reference(owner, spec, { id, declaredAt, fail }),
    cases,
    profiled,
    expects: spec.expects,
    declaredAt,
  };
}

function readTarget(
  target: CheckedBenchmarkSpec['targets'][number],
  figures: CheckedBenchmarkSpec['figures'],
  fail: (reason: string) => Error,
) {
  try {
    return typeof target === 'string'
      ? parseTarget(target, {}, figures)
      : parseTarget(target.target, target.where, figures);
  } catch (error) {
    throw fail((error as Error).message);
  }
}

function readFinding(
  { what, source, shows, where, against }: CheckedBenchmarkSpec['findings'][number],
  spec: CheckedBenchmarkSpec,
  fail: (reason: string) => Error,
): Finding {
  try {
    const condition = parseCondition(shows, { where, against, figures: spec.figures });
    if (condition.kind === 'exponent' && spec.scaling === undefined)
      throw new RangeError(`"${shows}" speaks of growth, and "scaling" names no parameter`);
    if (condition.kind === 'failure' && spec.expects !== condition.reason)
      throw new RangeError(`"${shows}" is a failure that "expects" does not name`);
    return { what, source, shows, condition, where };
  } catch (error) {
    throw fail((error as Error).message);
  }
}

function reference(
  owner: Owner,
  spec: CheckedBenchmarkSpec,
  site: { id: string; declaredAt: string; fail: (reason: string) => Error },
): WorkloadReference {
  const folder = dirname(site.declaredAt.replace(/:\d+(:\d+)?$/, ''));
  if (spec.module) {
    const { file, export: name, concurrency } = spec.module;
    return { kind: 'module', file: resolve(folder, file), export: name, concurrency };
  }
  if (spec.command) {
    const { run, cwd, env, exitCode } = spec.command;
    return { kind: 'command', command: run, cwd: resolve(folder, cwd), env, expectedExitCode: exitCode };
  }
  if (owner.addon === undefined)
    throw site.fail('it has no workload; give "module" or "command", or give the suite an "addon"');
  const runner = owner.runner === undefined ? runnerFile(owner.addon) : resolve(folder, owner.runner);
  return { kind: 'native', addon: addonFile(owner.addon, folder), id: site.id, ...(runner && { runner }) };
}

function combinations(parameters: Record<string, readonly (string | number | boolean)[]>): Parameters[] {
  return Object.entries(parameters).reduce<Parameters[]>(
    (cases, [name, values]) => cases.flatMap((each) => values.map((value) => ({ ...each, [name]: value }))),
    [{}],
  );
}
