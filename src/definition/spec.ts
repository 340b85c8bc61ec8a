// What an author may write in a definition, and what each word means. The schema checks it; its messages name fields.
import { z } from 'zod';

const id = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case words joined by "-"');
const value = z.union([z.string(), z.number(), z.boolean()]);
const parameters = z.record(z.string(), value);
const category = z.enum(['micro', 'integration', 'e2e', 'memory']);
const why = z.string().min(20, 'a sentence of 20 characters or more that says which question the benchmark answers');

export const suiteSpec = z.strictObject({
  name: id,
  /** Built-in addon (`moduforge`, `moduforge-rules`, `engine`), or the path of a `.node` file relative to the definition. */
  addon: z.string().optional(),
  /** Program with the same workloads, relative to the definition, for `--instructions`; built-in addons have theirs. */
  runner: z.string().optional(),
  /** Full name of the crate or package under test. */
  crate: z.string().optional(),
  /** The questions that have to be answered about it; `list --coverage` fails where one has no benchmark. */
  priorities: z.array(z.string().min(3)).min(1).optional(),
  /** Categories that nothing of it can lie in, each with the reason. */
  absent: z
    .partialRecord(category, z.string().min(20, 'a sentence of 20 characters or more that says why nothing lies there'))
    .default({}),
});

const findingSpec = z.strictObject({
  /** What the subject does wrong and what it costs, for its maintainers. */
  what: z.string().min(20, 'a sentence of 20 characters or more that says what happens and what it costs'),
  /** Where in the subject's source, such as `moduforge-core src/history_manager.rs:80-100`. */
  source: z.string().min(3),
  /** What the measurement has to show. */
  shows: z.string(),
  /** Cases that it speaks of; all where it is absent. */
  where: parameters.default({}),
  /** For a ratio: the cases to compare with. */
  against: parameters.optional(),
});

const moduleSpec = z.strictObject({
  /** ES module relative to the definition. */
  file: z.string(),
  export: z.string(),
  /** Asynchronous operations of a batch under way at once; 1 awaits one after another. */
  concurrency: z.int().min(1).default(1),
});

const commandSpec = z.strictObject({
  /** Program and arguments; `{name}` stands for a parameter's value. */
  run: z.array(z.string()).min(1),
  /** Working folder relative to the definition. */
  cwd: z.string().default('.'),
  env: z.record(z.string(), z.string()).default({}),
  exitCode: z.int().default(0),
});

export const benchmarkSpec = z
  .strictObject({
    why,
    /** Which of the suite's priorities it answers. */
    priority: z.string().optional(),
    operation: z.string().min(3),
    category,
    /** Sizes that lie in another band than the benchmark's own. */
    categories: z.array(z.strictObject({ where: parameters, category })).default([]),
    /** Every combination of these values is a case. */
    parameters: z.record(id, z.array(value).min(1)).optional(),
    /** The cases one by one, where not every combination makes sense. */
    cases: z.array(parameters).min(1).optional(),
    scaling: z.string().optional(),
    targets: z.array(z.union([z.string(), z.strictObject({ target: z.string(), where: parameters })])).default([]),
    tags: z.array(id).default([]),
    profile: parameters.optional(),
    figures: z.record(id, z.strictObject({ unit: z.string(), why: z.string() })).default({}),
    /** Defects of the subject that this benchmark makes visible. */
    findings: z.array(findingSpec).default([]),
    expects: z.enum(['panic', 'error', 'wrong-answer']).optional(),
    module: moduleSpec.optional(),
    command: commandSpec.optional(),
  })
  .refine((spec) => !(spec.parameters && spec.cases), { error: 'give "parameters" or "cases", not both' })
  .refine((spec) => !(spec.module && spec.command), { error: 'give "module" or "command", not both' });

/** A benchmark as its author writes it. */
export type BenchmarkSpec = z.input<typeof benchmarkSpec>;
export type CheckedBenchmarkSpec = z.output<typeof benchmarkSpec>;
/** What a suite says once for all of its benchmarks. */
export type SuiteSpec = Omit<z.input<typeof suiteSpec>, 'name'>;
