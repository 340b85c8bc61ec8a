// Runs that other processes write into a folder: which are under way, which were killed, and what they have done so far.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isSavedRun } from '../../store/index.js';
import { followLiveRun, type LiveFollower } from './follow-live-run.js';
import type { LiveRun, LiveTotals } from './live-run.js';

/** Runs of a folder. */
export interface RunsWatch {
  /** Runs without a record, the newest first: under way or killed. */
  unsaved(): LiveRun[];
  /** A run by its id, whether it goes on or not; nothing where there is no folder of it. */
  read(id: string): LiveRun | undefined;
  /** Sums over all runs that were under way since the watch began; they never become less. */
  totals(): LiveTotals;
}

/** Between two looks at one run; whoever asks meanwhile sees the last one. */
const FRESH_MS = 500;
/** Runs without a record that were there before: journals of more would only be read to be listed. */
const MOST_OLD = 10;
/** Other runs of the folder that somebody looks at. */
const MOST_ASKED = 8;
/** What a folder of a run may be called, so that an id is never a path. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

interface Followed {
  follower: LiveFollower;
  last?: { run: LiveRun; atMs: number };
  /** Whether it was under way since the watch began. */
  counts: boolean;
}

/** What a watch remembers. */
interface Watch {
  runs: string;
  onError(error: unknown): void;
  known: Set<string>;
  /** Runs without a record, and those of which the record has not been seen yet. */
  followed: Map<string, Followed>;
  /** Other runs that somebody has asked for. */
  asked: Map<string, Followed>;
  /** Sums of runs that are no longer followed. */
  ended: LiveTotals[];
  listedMs: number;
}

/**
 * Watches a folder of runs. Nothing is read until somebody asks, and then only what is new.
 *
 * @param runs `.forgebench/runs`, which need not exist; undefined is an empty folder
 * @param onError told of each run that cannot be read, which is left out
 */
export function watchRuns(runs: string | undefined, onError: (error: unknown) => void): RunsWatch {
  if (runs === undefined) return { unsaved: () => [], read: () => undefined, totals: () => sum([]) };
  const watch: Watch = {
    runs,
    onError,
    known: new Set(),
    followed: new Map(),
    asked: new Map(),
    ended: [],
    listedMs: Number.NEGATIVE_INFINITY,
  };
  return {
    unsaved: () =>
      lookAtAll(watch)
        .filter(({ state }) => state !== 'finished')
        .reverse(),
    read: (id) => readOne(watch, id),
    totals() {
      lookAtAll(watch);
      const open = [...watch.followed.values()].flatMap(({ last, counts }) =>
        counts && last ? [last.run.totals] : [],
      );
      return sum([...watch.ended, ...open]);
    },
  };
}

function readOne(watch: Watch, id: string): LiveRun | undefined {
  const { runs, followed, asked } = watch;
  if (!ID.test(id) || !existsSync(join(runs, id, 'plan.json'))) return undefined;
  const each = followed.get(id) ?? asked.get(id) ?? { follower: followLiveRun(join(runs, id)), counts: false };
  if (!followed.has(id)) keep(asked, id, each);
  return look(watch, id, each);
}

function lookAtAll(watch: Watch): LiveRun[] {
  list(watch);
  return [...watch.followed].flatMap(([id, each]) => {
    const run = look(watch, id, each);
    if (run?.state === 'finished') {
      end(watch, id, each);
      keep(watch.asked, id, each);
    }
    return run === undefined ? [] : [run];
  });
}

/** Follows what is new in the folder. */
function list(watch: Watch): void {
  const { runs, known, followed, listedMs } = watch;
  if (Date.now() - listedMs < FRESH_MS) return;
  const isFirst = listedMs === Number.NEGATIVE_INFINITY;
  watch.listedMs = Date.now();
  const added = idsIn(runs).filter((id) => !known.has(id) && existsSync(join(runs, id, 'plan.json')));
  for (const id of added) known.add(id);
  const news = isFirst ? added.filter((id) => !isSavedRun(join(runs, id))).slice(-MOST_OLD) : added;
  for (const id of news) followed.set(id, { follower: followLiveRun(join(runs, id)), counts: !isFirst });
}

function look(watch: Watch, id: string, each: Followed): LiveRun | undefined {
  const atMs = Date.now();
  if (each.last !== undefined && atMs - each.last.atMs < FRESH_MS) return each.last.run;
  try {
    const run = each.follower.look(atMs);
    each.last = { run, atMs };
    each.counts ||= run.state === 'running';
    return run;
  } catch (error) {
    end(watch, id, each);
    watch.asked.delete(id);
    if (existsSync(join(watch.runs, id))) watch.onError(error);
    return undefined;
  }
}

function end({ followed, ended }: Watch, id: string, { last, counts }: Followed): void {
  if (followed.delete(id) && counts && last !== undefined) ended.push(last.run.totals);
}

function idsIn(runs: string): string[] {
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .filter((id) => ID.test(id))
    .sort();
}

/** Puts what was looked at last at the end, and forgets what has not been for longest. */
function keep(asked: Map<string, Followed>, id: string, each: Followed): void {
  asked.delete(id);
  asked.set(id, each);
  const [oldest] = asked.keys();
  if (asked.size > MOST_ASKED && oldest !== undefined) asked.delete(oldest);
}

function sum(all: readonly LiveTotals[]): LiveTotals {
  const of = (key: keyof LiveTotals) => all.reduce((total, each) => total + each[key], 0);
  return {
    measured: of('measured'),
    failed: of('failed'),
    samples: of('samples'),
    operations: of('operations'),
    cpuSeconds: of('cpuSeconds'),
  };
}
