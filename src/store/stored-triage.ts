// What people decided about changes of figures.
import { z } from 'zod';

/**
 * States of a change: `acknowledged`, somebody looks at it; `accepted`, the new level is right and the one to judge by from
 * now on; `noise`, nothing happened; `fixed`, it was taken back.
 */
export const TRIAGE_STATES = ['acknowledged', 'accepted', 'noise', 'fixed'] as const;
export type TriageState = (typeof TRIAGE_STATES)[number];

const text = z.string().min(1).max(1000);

/** Which change of which series; later runs may move a change by a few commits. */
export const changeKey = z.strictObject({
  caseId: text,
  metric: text,
  /** Of the machine. */
  fingerprint: text,
  /** The first run after the change. */
  run: text,
});
export type ChangeKey = z.infer<typeof changeKey>;

/** A decision about a change. */
export const storedTriage = changeKey.extend({
  state: z.enum(TRIAGE_STATES),
  /** Why; empty where nobody said. */
  note: z.string().max(10_000),
  author: text,
  at: z.iso.datetime(),
  /** Of the change when it was decided about: new level over old one, less 1; from 0 it is infinite, which JSON has as null. */
  magnitude: z
    .number()
    .nullable()
    .transform((magnitude) => magnitude ?? Infinity),
});
export type StoredTriage = z.infer<typeof storedTriage>;
