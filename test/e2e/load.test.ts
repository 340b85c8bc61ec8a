// Many visitors of the dashboard while the real program writes a run: nobody is refused, and nothing is lost.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { visit } from '../../scripts/load/visitors.js';
import { parseJournal } from '../../src/samples/index.js';
import { openStore } from '../../src/store/index.js';
import { forgebench, makeProject, start, waitFor } from './project.js';
import { serve } from './served.js';

/** A minute and how long it took is for `npm run load`. */
const VISITS = { visitors: 50, everyMs: 2_000, forMs: 6_000, seed: 1 };
const RUN = ['run', 'plain/sum', '--launches', '20', '--seed', '1'];

describe('50 visitors of the dashboard while a run is being written', () => {
  const project = makeProject('plain');
  afterAll(() => project.remove());

  it('get every page that they ask for, and the run keeps every sample', async () => {
    expect((await forgebench(['run', 'plain/sum', '--launches', '2'], project.folder)).code).toBe(0);
    const served = await serve([], project.folder);
    const run = start(RUN, project.folder);
    const id = await waitFor(() => runsOf(project.folder)[1], 100_000);
    const [before, visits] = [linesOf(project.folder, id), await visit(served.url, VISITS)];
    expect(linesOf(project.folder, id)).toBeGreaterThan(before);
    expect((await run.finished).code).toBe(0);
    expect(visits.flatMap(({ error }) => error ?? [])).toEqual([]);
    expect(visits).toHaveLength(150);
    const pages = new Set(visits.map(({ path }) => path));
    for (const page of ['/', '/runs', '/live', '/case', '/suite', '/run']) expect(pages).toContain(page);
    await expectNothingLost(project.folder, id);
    const page = await (await fetch(`${served.url}run?id=${id}`)).text();
    expect(page).toContain('<strong>finished</strong>');
    expect(await served.end()).toBe(0);
  }, 240_000);
});

function runsOf(folder: string): string[] {
  const runs = join(folder, '.forgebench/runs');
  return existsSync(runs) ? readdirSync(runs).sort() : [];
}

/** Launches that have ended so far. */
function linesOf(folder: string, id: string): number {
  const journal = join(folder, '.forgebench/runs', id, 'launches.jsonl');
  return existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').length - 1 : 0;
}

/** Expects that the store has each launch and each sample of the journal. */
async function expectNothingLost(folder: string, id: string): Promise<void> {
  const journal = readFileSync(join(folder, '.forgebench/runs', id, 'launches.jsonl'), 'utf8');
  const { records, warnings } = parseJournal(journal);
  expect(warnings).toEqual([]);
  expect(records.map(({ index }) => index)).toEqual([...new Set(records.map(({ index }) => index))]);
  const store = await openStore({ kind: 'sqlite', file: join(folder, '.forgebench/forgebench.db') });
  const launches = (await store.read(id))?.cases.flatMap((each) => each.launches) ?? [];
  await store.close();
  const samples = new Map(launches.map(({ position, samplesNs }) => [position, samplesNs.length]));
  const kept = records.map(({ index, outcome }) => [
    index,
    outcome.status === 'ok' && outcome.result.kind === 'time' ? outcome.result.samplesNs.length : 0,
  ]);
  expect([...samples].sort(([a], [b]) => a - b)).toEqual(kept.sort(([a = 0], [b = 0]) => a - b));
  expect(kept.length).toBeGreaterThan(5);
}
