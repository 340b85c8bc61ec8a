// Where the pages of explanations are: absolute while they are made, and seen from whoever shows them.
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import type { RunComparison } from '../compare/index.js';
import { type Explanation, explanation } from '../explain/index.js';

/** A comparison whose pages are named as seen from a folder. */
export function pagesFrom(folder: string, comparison: RunComparison): RunComparison {
  const { explanations } = comparison;
  if (explanations === undefined) return comparison;
  const seen = explanations.map((each) =>
    each.page === undefined ? each : { ...each, page: relative(folder, each.page) },
  );
  return { ...comparison, explanations: seen };
}

/**
 * The explanations that a run of two versions has written into its folder; none where it has none, or where they cannot be read
 * any more: the comparison itself is made again without them.
 */
export function readExplanations(folder: string): Explanation[] | undefined {
  const file = join(folder, 'comparison.json');
  if (!existsSync(file)) return undefined;
  try {
    const { explanations } = JSON.parse(readFileSync(file, 'utf8')) as { explanations?: unknown };
    const read = z.array(explanation).optional().parse(explanations);
    return read?.map((each) => (each.page === undefined ? each : { ...each, page: resolve(folder, each.page) })) as
      | Explanation[]
      | undefined;
  } catch {
    return undefined;
  }
}
