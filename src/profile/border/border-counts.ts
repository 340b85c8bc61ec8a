// What a counting launch saw at the border between JavaScript and addons.
import { z } from 'zod';

const nonnegative = z.number().nonnegative();

/** One exported function of an addon, while the workload ran. */
const crossedFunction = z.object({
  /** The addon's file. */
  addon: z.string(),
  /** As JavaScript calls it: `name`, `Class.method`, or `new Class`. */
  name: z.string(),
  calls: nonnegative,
  /** From call to return as JavaScript sees it, nanoseconds in all, without what the clock takes. */
  ns: nonnegative,
  /** Arguments, all calls together. */
  bytesIn: z.object({ copied: nonnegative, shared: nonnegative }),
  /** Results, all calls together; those of promises are not waited for. */
  bytesOut: z.object({ copied: nonnegative, shared: nonnegative }),
});

/** `border.counts.json` of a capture. */
export const borderCounts = z.object({
  /** What a call of a function that takes, does and returns nothing costs here, nanoseconds. */
  crossingNs: nonnegative,
  /** Addons that were opened after the capture began; the engine's own is none of them. */
  addons: z.array(z.string()),
  functions: z.array(crossedFunction),
});
export type CrossedFunction = z.infer<typeof crossedFunction>;
export type BorderCounts = z.infer<typeof borderCounts>;
