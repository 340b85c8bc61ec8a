// `forgebench prune`: runs that nobody needs any more go, with their folders.
import type { Retention } from '../../store/index.js';
import { counted, formatMoment } from '../../units/index.js';
import { EXIT } from '../exit-code.js';
import { type StoreFlags, withFilledStore } from '../project-store.js';
import { type RetentionPolicy, retain } from '../retain.js';
import { integer, milliseconds } from '../settings.js';
import { UsageError } from '../usage-error.js';

/** Flags of `forgebench prune`. */
export interface PruneFlags extends StoreFlags {
  olderThan?: string;
  keep?: string;
  keepFigures?: boolean;
  dryRun?: boolean;
  log?: boolean;
  json?: boolean;
}

/** Removes runs by age and count, or says what was removed before; returns the exit code. */
export async function prune(flags: PruneFlags): Promise<number> {
  const root = process.cwd();
  if (flags.log) return showLog(root, flags);
  const policy = readPolicy(flags);
  const { dryRun = false } = flags;
  const retained = await withFilledStore(root, flags, (store) => retain(store, policy, { root, dryRun }));
  process.stdout.write(flags.json ? toJson(retained, flags) : toText(retained, retained.profiles, flags));
  return EXIT.well;
}

/** Nothing goes unless somebody has said how old or how many. */
function readPolicy({ olderThan, keep, keepFigures }: PruneFlags): RetentionPolicy {
  if (olderThan === undefined && keep === undefined)
    throw new UsageError('Cannot prune: say what may go, with --older-than 90d, --keep 200, or both');
  if (olderThan !== undefined) milliseconds('--older-than', olderThan);
  const number = keep === undefined ? undefined : integer('--keep', keep, { low: 0, high: 1e9 });
  return { olderThan, keep: number, keepFigures };
}

/** What was removed so far, by whomever. */
async function showLog(root: string, flags: PruneFlags): Promise<number> {
  const removals = await withFilledStore(root, flags, (store) => store.removals());
  const lines = removals.map(({ run, at, what, reason }) => `${formatMoment(at)}  ${run}  ${what}, ${reason}\n`);
  process.stdout.write(flags.json ? `${JSON.stringify(removals, null, 2)}\n` : lines.join(''));
  return EXIT.well;
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
