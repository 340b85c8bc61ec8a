// What a recording that is kept consists of: `capture.json` beside the recording, names of JavaScript and mapped files.
import { z } from 'zod';

/** Name of the file that makes a folder a capture. */
export const CAPTURE_FILE = 'capture.json';
export const RECORDING = 'perf.data';

/** The schema of `capture.json`. */
export const captured = z.object({
  version: z.literal(1),
  caseId: z.string(),
  /** `process.arch` of the target: stacks are unwound on a machine of the same kind. */
  architecture: z.string(),
  node: z.string(),
  recordedAt: z.string(),
  /** Of `CLOCK_MONOTONIC`, nanoseconds, around the workload. */
  startNs: z.number(),
  endNs: z.number(),
  operations: z.number(),
  /** Files that were mapped for execution. */
  files: z.array(
    z.object({
      /** Where it was on the target. */
      path: z.string(),
      /** In hexadecimal; null where it was linked without one. */
      buildId: z.string().nullable(),
      /** The copy, relative to the capture: it unwinds stacks. */
      copy: z.string(),
    }),
  ),
});
export type Captured = z.infer<typeof captured>;
