// The schema of comparison.json, held equal to the type RunComparison by the compiler.
import { z } from 'zod';
import type { RunComparison } from '../compare/index.js';
import { explanation } from '../explain/index.js';
import type { AsJson, MutuallyAssignable } from './as-json.js';

const verdict = z.enum(['slower', 'faster', 'same', 'unclear']);
const sides = z.strictObject({ base: z.number(), head: z.number() });

const comparedRun = z.strictObject({
  id: z.string(),
  version: z.string().optional(),
  startedAt: z.string(),
  commit: z.string().nullable(),
  subjects: z.record(z.string(), z.string()),
});

const comparedCase = z.strictObject({
  id: z.string(),
  verdict,
  ratio: z.number(),
  low: z.number(),
  high: z.number(),
  launches: sides,
  typical: sides.nullable(),
  moreLaunches: z.number(),
  noiseFloor: z.number().nullable(),
  pValue: z.number(),
  qValue: z.number(),
  reason: z.string().optional(),
});

const instructionChange = z.strictObject({
  caseId: z.string(),
  verdict,
  base: z.number(),
  head: z.number(),
  ratio: z.number(),
  scatter: z.number().nullable(),
  apart: z.boolean(),
  launches: sides,
  iterations: sides.nullable(),
});

const counterChange = z.strictObject({
  caseId: z.string(),
  counter: z.enum(['allocations', 'bytes']),
  base: z.number(),
  head: z.number(),
});

const names = z.array(z.string());
const ofBoth = <T extends z.ZodType>(each: T) => z.strictObject({ base: z.array(each), head: z.array(each) });

/** A comparison of two runs, but for what JSON alone says of it. */
export const comparisonSchema = z.strictObject({
  base: comparedRun,
  head: comparedRun,
  cases: z.array(comparedCase),
  machineState: z.strictObject({ slower: z.number(), faster: z.number(), text: z.string() }).nullable(),
  differences: z.array(z.strictObject({ what: z.string(), base: z.string(), head: z.string() })),
  onlyIn: z.strictObject({ base: names, head: names }),
  withoutTime: names,
  counters: z.array(counterChange),
  sameCode: names,
  instructions: z.array(instructionChange),
  disagreements: z.array(z.strictObject({ caseId: z.string(), text: z.string() })),
  leftOut: ofBoth(z.strictObject({ what: z.string(), reason: z.string() })).optional(),
  failed: ofBoth(z.strictObject({ caseId: z.string(), message: z.string() })).optional(),
  explanations: z.array(explanation).optional(),
});

// Fails to compile as soon as the schema and RunComparison part, in either direction.
const schemaIsTheType: MutuallyAssignable<AsJson<z.infer<typeof comparisonSchema>>, AsJson<RunComparison>> = true;
void schemaIsTheType;
