// Where work would pay, from the profiles of a period and from its last run.
import { seesMore } from '../explain/index.js';
import { readProfile } from '../profile/index.js';
import { churnOf, fromJson, hottestFunction, type PeriodReport, steepGrowth } from '../report/index.js';
import { checkRunVersion, type ProfileOfRun, type Store, type StoredEntry, type StoredRun } from '../store/index.js';

type Opportunities = PeriodReport['opportunities'];

/** Profiles that are read at most: each takes as long as a page of the dashboard. */
const MOST_PROFILES = 50;

/** What runs of a period say of opportunities; `last` is the one whose allocations and growth are shown. */
export async function findOpportunities(
  store: Store,
  runs: readonly StoredEntry[],
  last: StoredRun | null,
): Promise<Opportunities> {
  const profiles = newestOfCases(await store.profiles(runs.map(({ id }) => id)));
  const functions = [];
  for (const { caseId, hash } of profiles) {
    const content = await store.readProfile(hash);
    functions.push((content && hottestFunction(caseId, readProfile(content.toString('utf8')))) ?? []);
  }
  return {
    functions: functions.flat().sort((a, b) => b.share - a.share),
    profiled: profiles.length,
    churn: last === null ? [] : churnOf(last),
    ...growthOf(store, last),
  };
}

/** The newest profile of each case, of several of one run the one that sees more. */
function newestOfCases(profiles: readonly ProfileOfRun[]): ProfileOfRun[] {
  const newest = new Map<string, ProfileOfRun>();
  for (const profile of profiles) {
    const known = newest.get(profile.caseId);
    if (known?.run === profile.run && seesMore(known, profile) <= 0) continue;
    newest.delete(profile.caseId);
    newest.set(profile.caseId, profile);
  }
  return [...newest.values()].slice(-MOST_PROFILES);
}

/** A record of an older version says nothing here, and why; everything else is still told. */
function growthOf(store: Store, last: StoredRun | null): Pick<Opportunities, 'growth' | 'unreadGrowth'> {
  if (last === null || last.record === null) return { growth: [] };
  try {
    checkRunVersion((last.record as { version?: unknown }).version, `${store.place}: ${last.id}`);
    return { growth: steepGrowth(fromJson(JSON.stringify(last.record)).growth) };
  } catch (error) {
    return { growth: [], unreadGrowth: (error as Error).message };
  }
}
