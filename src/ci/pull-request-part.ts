// What one machine has found out: a part of what a pull request is told, or all of it, as a file for the job that tells it.
import { z } from 'zod';
import { comparisonSchema } from '../report/index.js';
import type { Annotation } from './annotations.js';
import type { PullRequestOutcome } from './pull-request-outcome.js';

/** What came of one part of a pull request's benchmarks. */
export interface PullRequestPart {
  shard: { index: number; count: number };
  /** Number of the pull request. */
  pullRequest: number;
  /** The commits that were compared. */
  base: string;
  head: string;
  /** Of the run and attempt that measured it, see {@link GithubContext}. */
  order: number;
  /** What the whole would end with, were this all of it. */
  exitCode: number;
  outcome: PullRequestOutcome;
  annotations: readonly Annotation[];
}

/** The name of its file. */
export const PART_FILE = 'part.json';

const VERSION = 1;
/** More than a matrix of GitHub Actions may have. */
const MOST_PARTS = 1000;

const names = z.array(z.string());
const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('documentation'), files: names }),
  z.strictObject({ kind: z.literal('baseless'), reason: z.string() }),
  z.strictObject({ kind: z.literal('broken'), reason: z.string() }),
  z.strictObject({
    kind: z.literal('compared'),
    comparison: comparisonSchema,
    missed: names,
    machines: names,
    tolerance: z.number(),
  }),
]);
const part = z.strictObject({
  version: z.literal(VERSION),
  // Of a fork it may be any number, and each part that is missing is told.
  shard: z
    .strictObject({ index: z.int().min(1), count: z.int().min(1).max(MOST_PARTS) })
    .refine(({ index, count }) => index <= count, 'has an index beyond its count'),
  pullRequest: z.int().min(1),
  base: z.string(),
  head: z.string(),
  order: z.number(),
  exitCode: z.int(),
  outcome,
  annotations: z.array(
    z.strictObject({
      level: z.enum(['notice', 'warning', 'error']),
      title: z.string(),
      message: z.string(),
      file: z.string().optional(),
      line: z.int().optional(),
    }),
  ),
});

/** The text of its file. */
export function partToJson(value: PullRequestPart): string {
  return `${JSON.stringify({ version: VERSION, ...value })}\n`;
}

/**
 * Reads what {@link partToJson} wrote.
 *
 * @throws Error with the first fields that do not fit
 * @example
 * partFromJson(partToJson(part)).shard // { index: 2, count: 3 }
 */
export function partFromJson(text: string): PullRequestPart {
  const parsed = part.safeParse(JSON.parse(text));
  if (!parsed.success) {
    const reasons = parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`it does not fit the schema (${reasons.join('; ')})`);
  }
  const { version: _known, ...value } = parsed.data;
  // Keys that are absent in JSON are undefined here, which reads the same.
  return value as PullRequestPart;
}
