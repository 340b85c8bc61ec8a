// What a record says of one case: all of a large record would take longer to check than a page may wait.
import { z } from 'zod';
import type { Growth, Summary } from '../statistics/index.js';
import { growthSchema, summarySchema } from './record-schema.js';

/** A case of a run, and the growths of time that it is a point of. */
export interface PickedCase {
  summary: Summary;
  growths: Growth[];
}

/** Only what tells whether a part is of the case; the rest of it is checked once it is picked. */
const parts = z.object({
  summaries: z.array(z.object({ caseId: z.string() }).loose()),
  growth: z.array(z.object({ points: z.array(z.object({ caseId: z.string() }).loose()) }).loose()),
});

/**
 * The part of a record that is about a case; undefined where it has none, or does not fit the schema.
 *
 * @param record what run.json holds, parsed
 * @example
 * pickCase(JSON.parse(toJson(record)), 'model/node-create[children=10]')?.summary.distributionNs.length; // 101
 */
export function pickCase(record: unknown, caseId: string): PickedCase | undefined {
  const { data } = parts.safeParse(record);
  if (data === undefined) return undefined;
  const { data: summary } = summarySchema.safeParse(data.summaries.find((each) => each.caseId === caseId));
  const ofCase = data.growth.filter(({ points }) => points.some((point) => point.caseId === caseId));
  const { data: growths } = z.array(growthSchema).safeParse(ofCase);
  // The types differ only in keys that are absent in JSON and undefined here, which read the same.
  return summary && growths && ({ summary, growths } as PickedCase);
}
