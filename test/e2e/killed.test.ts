// What is left where the server, or a run, is killed in the middle of a write: everything that had been measured.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseJournal } from '../../src/samples/index.js';
import { openStore } from '../../src/store/index.js';
import { forgebench, makeProject, start, waitFor } from './project.js';
import { serve } from './served.js';

/** Runs that the server finds and stores when it starts. */
const RUNS = 40;
const LIMIT_MS = 240_000;
/** A busy machine may take long to start a program. */
const START_MS = 100_000;

const project = makeProject('plain');
const kept = join(project.folder, '.forgebench');
const runs = join(kept, 'runs');
const idsOf = () => readdirSync(runs).sort();
afterAll(() => project.remove());

/** Launches by run, as the store has them. */
async function stored(): Promise<Map<string, number>> {
  const store = await openStore({ kind: 'sqlite', file: join(kept, 'forgebench.db') });
  const found = new Map<string, number>();
  for (const { id } of await store.list()) {
    const run = await store.read(id);
    found.set(id, run?.cases.flatMap(({ launches }) => launches).length ?? 0);
  }
  await store.close();
  return found;
}

function launchesIn(id: string): number {
  const journal = join(runs, id, 'launches.jsonl');
  return existsSync(journal) ? parseJournal(readFileSync(journal, 'utf8')).records.length : 0;
}

describe('a server that is killed while it stores runs', () => {
  beforeAll(async () => {
    const { code, stderr } = await forgebench(['run', 'plain/sum', '--launches', '2'], project.folder);
    expect(code, stderr).toBe(0);
    const [id = ''] = idsOf();
    for (let copy = 1; copy < RUNS; copy++) copyRun(id, `${id}-${copy}`);
  }, LIMIT_MS);

  it(
    'leaves each run whole or absent, and the next one stores what is missing',
    async () => {
      const seen: number[] = [];
      for (const afterMs of [0, 60, 200]) {
        for (const file of readdirSync(kept)) if (file.startsWith('forgebench.db')) rmSync(join(kept, file));
        const { child, finished } = start(['serve', '--port', '0'], project.folder);
        await waitFor(() => existsSync(join(kept, 'forgebench.db-wal')), START_MS);
        await setTimeout(afterMs);
        child.kill('SIGKILL');
        await finished;
        const left = await stored();
        for (const [id, launches] of left) expect(launches, id).toBe(launchesIn(id));
        seen.push(left.size);
      }
      // At least one was killed in the middle.
      expect(Math.min(...seen)).toBeLessThan(RUNS);
      const served = await serve([], project.folder);
      expect(await served.end()).toBe(0);
      expect([...(await stored()).keys()].sort()).toEqual(idsOf());
    },
    LIMIT_MS,
  );
});

describe('a run that is killed while it is saved', () => {
  it.each([0, 40])(
    'is in the store with all of its launches after the next verb (killed %d ms later)',
    async (afterMs) => {
      const before = new Set(existsSync(runs) ? idsOf() : []);
      const { child, finished } = start(['run', 'plain/sum', '--launches', '2'], project.folder);
      const id = await waitFor(() => existsSync(runs) && idsOf().find((each) => !before.has(each)), START_MS);
      await waitForFile(join(runs, id, 'run.json'));
      await setTimeout(afterMs);
      child.kill('SIGKILL');
      await finished;
      const served = await serve([], project.folder);
      const page = await fetch(`${served.url}run?id=${id}`);
      expect(page.status).toBe(200);
      expect(await served.end()).toBe(0);
      expect((await stored()).get(id)).toBe(launchesIn(id));
      expect(launchesIn(id)).toBeGreaterThanOrEqual(4);
    },
    LIMIT_MS,
  );

  it(
    'loses no launch that had ended where it is killed before that',
    async () => {
      const before = new Set(idsOf());
      const { child, finished } = start(['run', 'plain/sum', '--launches', '50'], project.folder);
      const id = await waitFor(() => idsOf().find((each) => !before.has(each)), START_MS);
      await waitFor(() => launchesIn(id) >= 3, START_MS);
      child.kill('SIGKILL');
      await finished;
      const ended = launchesIn(id);
      expect((await forgebench(['report', id], project.folder)).code).toBe(0);
      const served = await serve([], project.folder);
      expect(await served.end()).toBe(0);
      expect((await stored()).get(id)).toBe(ended);
    },
    LIMIT_MS,
  );
});

/** Looks more often than `waitFor`: what is waited for lasts some milliseconds. */
async function waitForFile(file: string): Promise<void> {
  while (!existsSync(file)) await setTimeout(1);
}

/** The same run once more, under another id. */
function copyRun(id: string, copy: string): void {
  cpSync(join(runs, id), join(runs, copy), { recursive: true });
  for (const name of ['plan.json', 'run.json']) {
    const file = join(runs, copy, name);
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), id: copy }));
  }
}
