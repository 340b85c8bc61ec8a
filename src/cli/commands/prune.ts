// `forgebench prune`: runs that nobody needs any more go, with their folders.

import { join } from 'node:path';
import { trendOf } from '../../history/index.js';
import {
  applyRetention,
  baselineRun,
  listBaselines,
  listRuns,
  type Retention,
  removeRunFolder,
  type Store,
  type StoredEntry,
} from '../../store/index.js';
import { counted } from '../../units/index.js';
import { EXIT } from '../exit-code.js';
import { type StoreFlags, withFilledStore } from '../project-store.js';
import { integer, milliseconds } from '../settings.js';
import { UsageError } from '../usage-error.js';

/** Flags of `forgebench prune`. */
export interface PruneFlags extends StoreFlags {
  olderThan?: string;
  keep?: string;
  keepFigures?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** Removes runs by age and count; returns the exit code. */
export async function prune(flags: PruneFlags): Promise<number> {
  const rule = readRule(flags);
  const root = process.cwd();
  const { retention, profiles } = await withFilledStore(root, flags, async (store) => {
    const entries = await store.list();
    const facts = { protected: await protectedRuns(store, root, entries), telling: await store.runsWithVerdict() };
    const all = applyRetention(entries, rule, facts);
    const its = flags.keepFigures ? withFolder(all, root) : all;
    if (!flags.dryRun) await remove(store, { root, retention: its, keepFigures: flags.keepFigures ?? false });
    return { retention: its, profiles: flags.dryRun ? 0 : await store.sweepProfiles() };
  });
  process.stdout.write(flags.json ? toJson(retention, flags) : toText(retention, profiles, flags));
  return EXIT.well;
}

/** Nothing goes unless somebody has said how old or how many. */
function readRule({ olderThan, keep }: PruneFlags) {
  if (olderThan === undefined && keep === undefined)
    throw new UsageError('Cannot prune: say what may go, with --older-than 90d, --keep 200, or both');
  const number = keep === undefined ? undefined : integer('--keep', keep, { low: 0, high: 1e9 });
  const before = olderThan === undefined ? undefined : new Date(Date.now() - milliseconds('--older-than', olderThan));
  return { before, keep: number };
}

/** Baselines, both sides of each change, and the newest run of each machine stay. */
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
  const kept = join(root, '.forgebench');
  const named = [
    ...listBaselines(kept).map((name) => [baselineRun(kept, name), `baseline "${name}"`] as const),
    ...(await store.baselines()).map(({ name, run }) => [run, `baseline "${name}"`] as const),
  ];
  return new Map([...newest, ...changes, ...named]);
}

/** What keeps its figures has nothing more to give once its folder is gone. */
function withFolder(retention: Retention, root: string): Retention {
  const folders = new Set(listRuns(join(root, '.forgebench', 'runs')));
  return { ...retention, remove: retention.remove.filter(({ id }) => folders.has(id)) };
}

/** Folders go first: what has a folder and no row would be stored again. */
async function remove(
  store: Store,
  { root, retention, keepFigures }: { root: string; retention: Retention; keepFigures: boolean },
): Promise<void> {
  const ids = retention.remove.map(({ id }) => id);
  for (const id of ids) removeRunFolder(join(root, '.forgebench', 'runs'), id);
  await (keepFigures ? store.thin(ids) : store.remove(ids));
}

function toJson({ remove: removed, spared }: Retention, { dryRun }: PruneFlags): string {
  return `${JSON.stringify({ dryRun: dryRun ?? false, removed: removed.map(({ id }) => id), spared }, null, 2)}\n`;
}

function toText({ remove: removed, spared }: Retention, profiles: number, { dryRun, keepFigures }: PruneFlags): string {
  const verb = dryRun ? 'Would remove' : 'Removed';
  const what = keepFigures ? ' but for their figures' : '';
  const unused = profiles === 0 ? '' : `, and ${counted(profiles, 'profile')} that no run has any more`;
  const lines = [
    `${verb} ${counted(removed.length, 'run')}${what}${unused}`,
    ...removed.map(
      ({ id, startedAt, commit }) => `  ${id}  ${startedAt.slice(0, 10)}${commit === null ? '' : `  ${commit}`}`,
    ),
    ...(spared.length === 0 ? [] : ['Kept although old or many:']),
    ...spared.map(({ id, reason }) => `  ${id}  ${reason}`),
  ];
  return `${lines.join('\n')}\n`;
}
