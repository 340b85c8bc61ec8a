// Why cases became slower, from the profiles that two runs have kept.
import { join, resolve } from 'node:path';
import type { RunComparison } from '../compare/index.js';
import { alike, type Explanation, explainCase, type ProfilesOfSides, unexplained } from '../explain/index.js';
import type { Profile } from '../profile/index.js';
import type { RunRecord } from '../store/index.js';
import { slug } from '../units/index.js';
import { profilesOfRun } from './stored-profiles.js';
import { writeDifferential } from './write-differential.js';

/** A run and the folder of its profiles. */
interface ProfiledRun {
  record: RunRecord;
  folder: string;
}

/** Where pages of two runs go, by their names. */
export function explanationFolder(base: string, head: string): string {
  return resolve('.forgebench', 'flames', `${slug(base)}-${slug(head)}`);
}

/**
 * The comparison with an explanation of each slower case that both runs have profiled.
 *
 * @param folder where the pages go
 */
export function explainRuns(
  comparison: RunComparison,
  { base, head }: Record<'base' | 'head', ProfiledRun>,
  folder: string,
): RunComparison {
  const slower = comparison.cases.filter(({ verdict }) => verdict === 'slower');
  if (slower.length === 0) return comparison;
  const [old, now] = [base, head].map((run) => profilesOfRun(run.record, run.folder));
  const explanations = slower.flatMap(({ id }): Explanation[] => {
    const [before, after] = [old?.get(id), now?.get(id)];
    if (before === undefined || after === undefined) return [];
    try {
      const { explanation, aligned } = explainCase(id, one(alike(before, after)));
      const page = join(folder, `${slug(id)}.html`);
      writeDifferential(page, aligned, {
        caseId: id,
        subtitle: [`base  ${base.record.id}`, `head  ${head.record.id}`],
      });
      return [{ ...explanation, page }];
    } catch (error) {
      return [unexplained(id, (error as Error).message)];
    }
  });
  return explanations.length === 0 ? comparison : { ...comparison, explanations };
}

/** Each side has been profiled once. */
function one({ base, head }: Record<'base' | 'head', Profile>): ProfilesOfSides {
  return { base: [base], head: [head] };
}
