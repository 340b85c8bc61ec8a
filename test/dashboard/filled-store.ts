// A store with a history in it: a case that became slower, one that did not, and names as an attacker would choose them.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Profile, toProfileJson } from '../../src/profile/index.js';
import { openStore, type Store } from '../../src/store/index.js';
import { MACHINE, storedCase, storedRun } from '../store/stored-runs.js';
import { recordOfSizes } from './filled-record.js';

/** Text that would run, end its element, or leave its attribute, were it taken as markup. */
export const HOSTILE = `"><script>window.hacked=1</script><img src=x onerror="window.hacked=1">'`;
export const HOSTILE_CASE = `evil/${HOSTILE}</script><!--`;

/** Runs of which the case that became slower was profiled, before and after. */
const PROFILED: readonly number[] = [20, 36];

const RUNS = 40;
const STEP_AT = 25;
const DAY_MS = 86_400_000;

/** The id of a run of the history, from 0. */
export function runId(index: number): string {
  return `run-${String(index).padStart(3, '0')}`;
}

/** A store in a temporary folder. */
export interface FilledStore {
  store: Store;
  file: string;
  remove(): Promise<void>;
}

/** Fills a store with runs, one a day; the last two are of another machine. */
export async function fillStore(): Promise<FilledStore> {
  const folder = mkdtempSync(join(tmpdir(), 'forgebench-dashboard-'));
  const file = join(folder, 'store.db');
  const store = await openStore({ kind: 'sqlite', file });
  for (let index = 0; index < RUNS; index++) {
    const json = toProfileJson(profileOf(index));
    const hash = createHash('sha256').update(json).digest('hex');
    const profile = { caseId: 'demo/slower[n=1]', engine: 'flame', kind: 'profile', hash, bytes: json.length };
    const isProfiled = PROFILED.includes(index);
    const record = index === RUNS - 1 ? recordOfSizes(runId(index), 'demo/slower', 1200) : { version: 2 };
    await store.save({ ...runOf(index), record, profiles: isProfiled ? [profile] : [] });
    if (!isProfiled) continue;
    const kept = join(folder, 'profile.json');
    writeFileSync(kept, json);
    await store.keepProfile(kept);
    rmSync(kept);
  }
  return {
    store,
    file,
    async remove() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function runOf(index: number) {
  const wobble = 1 + 0.002 * ((index * 7) % 5);
  const time = (ns: number) => ns * wobble;
  const startedAt = new Date(Date.UTC(2026, 0, 1) + index * DAY_MS).toISOString();
  const isElsewhere = index >= RUNS - 2;
  return storedRun(runId(index), {
    startedAt,
    finishedAt: startedAt,
    environment: {
      fingerprint: isElsewhere ? 'feedbeef' : '01234567',
      machine: isElsewhere ? { ...MACHINE, node: '22.1.0' } : MACHINE,
      commit: index === RUNS - 1 ? HOSTILE : `c0ffee${index}`,
      load: 0.5,
      forgebench: '0.1.0',
      subjects: { crate: index < 10 ? '1.0.0' : '1.1.0' },
    },
    cases: [
      withLaunches('demo/slower[n=1]', time(index < STEP_AT ? 1000 : 1200)),
      withLaunches('demo/same', time(5000)),
      withLaunches(HOSTILE_CASE, time(70)),
    ],
  });
}

/** Two functions, one of which took longer after the change, and one by the name of an attack. */
function profileOf(index: number): Profile {
  const frames = [HOSTILE, 'steady', 'grown'].map((name) => ({ name, origin: 'user' as const }));
  const stack = (of: number[], samples: number) => ({ frames: of, weight: samples * 1e6, samples });
  const stacks = [stack([0, 1], 500), stack([0, 2], index < STEP_AT ? 100 : 300)];
  return {
    engine: 'flame',
    unit: 'nanoseconds',
    interval: 1e6,
    operations: 1000,
    frames,
    threads: [{ name: 'main', id: 1, javascript: true, stacks }],
  };
}

function withLaunches(id: string, p50: number) {
  const stored = storedCase(id, p50);
  const [timed] = stored.launches;
  const launches = [0, 1, 2, 3, 4].map((position) => ({
    ...(timed as (typeof stored.launches)[number]),
    position,
    medianNs: p50 * (1 + 0.001 * position),
  }));
  return {
    ...stored,
    launches,
    targets: [{ text: `p50 < ${HOSTILE}`, status: p50 < 4000 ? ('met' as const) : ('missed' as const) }],
  };
}
