// Why a case became slower, as far as profiles tell.
import { z } from 'zod';

const estimate = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });

const grownFrame = z.strictObject({
  name: z.string(),
  origin: z.string(),
  file: z.string().optional(),
  line: z.number().optional(),
  renamedFrom: z.string().optional(),
  /** True where no sample of base shows it. */
  isNew: z.boolean(),
  /** Nanoseconds of each operation in the function itself and in what the system's libraries did for it. */
  base: z.number(),
  head: z.number(),
  /** How many more of them, with the interval, which lies above 0. */
  growth: estimate,
  /** Functions that were running when it grew, the largest part first; nanoseconds of each operation. */
  through: z.array(z.strictObject({ name: z.string(), growth: z.number() })),
  /** Who called it, the nearest first, on the way that grew most. */
  callers: z.array(z.string()),
  /** Where they are, in the same order. */
  callerPlaces: z.array(z.strictObject({ file: z.string().optional(), line: z.number().optional() })).optional(),
});
export type GrownFrame = z.infer<typeof grownFrame>;

/** Why a case has no explanation, or the frames that grew. */
export const explanation = z.strictObject({
  caseId: z.string(),
  /** Why there are no frames, in a sentence. */
  failure: z.string().optional(),
  /** What the sides were captured with. */
  engine: z.string().optional(),
  intervalNs: z.number().optional(),
  launches: z.strictObject({ base: z.number(), head: z.number() }),
  samples: z.strictObject({ base: z.number(), head: z.number() }),
  /** What intervals were resampled from: launches, or the samples of one launch, which know nothing of other launches. */
  resampled: z.enum(['launches', 'samples']),
  /** Nanoseconds of processor time of each operation in the profiled launches; no figures, but the scale of the frames. */
  operation: z.strictObject({ base: z.number(), head: z.number() }),
  /** By what they grew at least, the most first. */
  frames: z.array(grownFrame),
  /** The differential flame graph; a path relative to the run's folder. */
  page: z.string().optional(),
});
export type Explanation = z.infer<typeof explanation>;

/** A case of which profiles tell nothing, and why. */
export function unexplained(caseId: string, failure: string): Explanation {
  const none = { base: 0, head: 0 };
  return { caseId, failure, launches: none, samples: none, resampled: 'launches', operation: none, frames: [] };
}
