// Why cases became slower: as runs of two versions have said, or from the profiles that runs on both sides have kept.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alike, type Explanation, explainCase, seesMore, unexplained } from '../explain/index.js';
import { levelsAround, type Regression, type TrendPoint } from '../history/index.js';
import { type Profile, readProfile } from '../profile/index.js';
import type { ExplainedRegression } from '../report/index.js';
import { listRuns, type ProfileOfRun, type Store } from '../store/index.js';
import { readExplanations } from './explanation-pages.js';

/** Regressions that are explained at most, the first ones. */
const MOST_EXPLAINED = 25;

/** Regressions with what is known of their cause. */
export async function explainRegressions(
  regressions: readonly Regression[],
  store: Store,
  root: string,
): Promise<ExplainedRegression[]> {
  const told = regressions.length === 0 ? [] : explanationsIn(join(root, '.forgebench', 'runs'));
  const explained: ExplainedRegression[] = [];
  for (const [place, regression] of regressions.entries()) {
    const { commit } = regression.change.after;
    const known = told.find((each) => each.caseId === regression.trend.caseId && isSameCommit(each.commit, commit));
    const cause = known ?? (place < MOST_EXPLAINED ? await causeInProfiles(regression, store) : null);
    explained.push({ ...regression, cause });
  }
  return explained;
}

/** Commits are written in full or by their first digits. */
function isSameCommit(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && (a.startsWith(b) || b.startsWith(a));
}

/** What runs of two versions have explained, the newest first, with the commit of their head. */
function explanationsIn(runs: string): (Explanation & { commit: string | null })[] {
  return listRuns(runs)
    .reverse()
    .flatMap((id) => {
      const explanations = readExplanations(join(runs, id)) ?? [];
      if (explanations.length === 0) return [];
      const commit = headCommit(join(runs, id, 'comparison.json'));
      return explanations.filter(({ failure }) => failure === undefined).map((each) => ({ ...each, commit }));
    });
}

function headCommit(file: string): string | null {
  const { head } = JSON.parse(readFileSync(file, 'utf8')) as { head?: { commit?: string | null } };
  return head?.commit ?? null;
}

/** An explanation from the profiled runs that are nearest to the change; nothing where one side has none. */
async function causeInProfiles({ trend, change }: Regression, store: Store): Promise<Explanation | null> {
  const { before, after } = levelsAround(trend, change);
  const old = await nearestProfiles(store, trend.caseId, before);
  const now = old.length === 0 ? [] : await nearestProfiles(store, trend.caseId, after);
  if (now.length === 0) return null;
  try {
    const pair = alike(old, now);
    return explainCase(trend.caseId, { base: [pair.base], head: [pair.head] }).explanation;
  } catch (error) {
    return unexplained(trend.caseId, (error as Error).message);
  }
}

async function nearestProfiles(store: Store, caseId: string, points: readonly TrendPoint[]): Promise<Profile[]> {
  const stored = await store.profiles(points.flatMap(({ runs }) => runs));
  const its = stored.filter((each) => each.caseId === caseId);
  const nearest = its.filter(({ run }) => run === its[0]?.run).toSorted(seesMore);
  const profiles = await Promise.all(nearest.map((each) => read(store, each)));
  return profiles.filter((each) => each !== undefined);
}

async function read(store: Store, { hash }: ProfileOfRun): Promise<Profile | undefined> {
  const content = await store.readProfile(hash);
  return content && readProfile(content.toString('utf8'));
}
