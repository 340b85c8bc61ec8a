// Runs that are too many or too old go, by `prune` and by the policy of the configuration.
import { join } from 'node:path';
import { trendOf } from '../history/index.js';
import {
  applyRetention,
  baselineRun,
  listBaselines,
  listRuns,
  type Removal,
  type Retention,
  removeRunFolder,
  type Store,
  type StoredEntry,
} from '../store/index.js';
import { counted, parseDuration } from '../units/index.js';

/** What may go, as people write it. */
export interface RetentionPolicy {
  /** Runs that started longer ago, such as `90d`. */
  olderThan?: string | undefined;
  /** All but so many of the others. */
  keep?: number | undefined;
  /** Leave figures in the store. */
  keepFigures?: boolean | undefined;
}

/** What a policy did. */
export interface Retained extends Retention {
  removals: readonly Removal[];
  /** Profiles that no run has any more, and that went too. */
  profiles: number;
}

/**
 * Applies a policy to the store of a folder.
 *
 * Baselines, both sides of each change of p50, changes that somebody decided about or was told of, and the newest run of each machine
 * stay.
 */
export async function retain(
  store: Store,
  policy: RetentionPolicy,
  { root, dryRun }: { root: string; dryRun: boolean },
): Promise<Retained> {
  const now = new Date();
  const { olderThan, keep, keepFigures = false } = policy;
  const before = olderThan === undefined ? undefined : new Date(now.getTime() - parseDuration(olderThan));
  const entries = await store.list();
  const telling = await store.runsWithVerdict();
  const judge = (kept: Map<string, string>): Retention => {
    const all = applyRetention(entries, { before, keep }, { protected: kept, telling });
    return keepFigures ? withFolder(all, root) : all;
  };
  // What speaks for a run takes reading all figures, which is not done where nothing is too much.
  if (judge(new Map()).remove.length === 0) return { remove: [], spared: [], removals: [], profiles: 0 };
  const retention = judge(await protectedRuns(store, root, entries));
  const removals = retention.remove.map(({ id, startedAt, commit }): Removal => {
    const isOld = before !== undefined && Date.parse(startedAt) < before.getTime();
    const reason = isOld ? `older than ${olderThan}` : `more than ${counted(keep ?? 0, 'run')}`;
    return { run: id, startedAt, commit, at: now.toISOString(), what: keepFigures ? 'samples' : 'run', reason };
  });
  if (dryRun) return { ...retention, removals, profiles: 0 };
  await remove(store, removals, root);
  return { ...retention, removals, profiles: await store.sweepProfiles() };
}

async function protectedRuns(
  store: Store,
  root: string,
  entries: readonly StoredEntry[],
): Promise<Map<string, string>> {
  const lasts = new Map(entries.map(({ fingerprint, id }) => [fingerprint, id]));
  const newest = [...lasts.values()].map((run) => [run, 'the newest run of its machine'] as const);
  const changes = (await store.series({ metric: 'p50' }))
    .map((series) => trendOf(series))
    .flatMap(({ caseId, changes: its }) =>
      its.flatMap(({ before, after }) =>
        [...before.runs, ...after.runs].map((run) => [run, `a change of ${caseId}`] as const),
      ),
    );
  const told = (await store.alerts()).map(({ run, caseId }) => [run, `an alert about ${caseId}`] as const);
  const decided = (await store.triages()).map(({ run, caseId }) => [run, `a decision about ${caseId}`] as const);
  const kept = join(root, '.forgebench');
  const named = [
    ...listBaselines(kept).map((name) => [baselineRun(kept, name), `baseline "${name}"`] as const),
    ...(await store.baselines()).map(({ name, run }) => [run, `baseline "${name}"`] as const),
  ];
  return new Map([...newest, ...changes, ...told, ...decided, ...named]);
}

/** What keeps its figures has nothing more to give once its folder is gone. */
function withFolder(retention: Retention, root: string): Retention {
  const folders = new Set(listRuns(join(root, '.forgebench', 'runs')));
  return { ...retention, remove: retention.remove.filter(({ id }) => folders.has(id)) };
}

/**
 * That a run goes is kept first and its folder goes next: what has a folder and no row would be stored again. One run after
 * another, so that one that cannot be removed leaves those behind it as they are.
 */
async function remove(store: Store, removals: readonly Removal[], root: string): Promise<void> {
  for (const removal of removals) {
    await store.saveRemovals([removal]);
    removeRunFolder(join(root, '.forgebench', 'runs'), removal.run);
    await (removal.what === 'run' ? store.remove([removal.run]) : store.thin([removal.run]));
  }
}
