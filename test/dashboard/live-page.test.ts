// Pages of runs under way as programs see them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanFile } from '../../src/store/index.js';
import { BENCHMARK, planFile, recordOf, TIMING } from '../store/plan-file.js';
import { HOSTILE, HOSTILE_CASE, runId } from './filled-store.js';
import { type LiveDashboard, openLiveDashboard } from './live-dashboard.js';

let opened: LiveDashboard;
beforeAll(async () => {
  opened = await openLiveDashboard();
});
afterAll(() => opened.close());

const ask = (path: string) => fetch(opened.url + path);
const read = async (path: string) => (await ask(path)).text();

/** A plan whose names are those of an attacker. */
function hostilePlan(): Partial<PlanFile> {
  const each = { id: HOSTILE_CASE, parameters: {}, category: 'micro' as const };
  const { plan, environment } = planFile('hostile');
  return {
    benchmarks: [{ ...BENCHMARK, cases: [each], profiled: each }],
    plan: { ...plan, requests: plan.requests.map((request) => ({ ...request, caseId: HOSTILE_CASE })) },
    environment: { ...environment, commit: HOSTILE, subjects: { [HOSTILE]: HOSTILE } },
  };
}

describe('the page of a run under way', () => {
  it('says how far it is, and what its cases have so far', async () => {
    const run = opened.runs.start('one');
    run.append(recordOf(0, TIMING));
    run.append(recordOf(1, TIMING));
    const text = await read('live?id=one');
    expect(text).toContain('It is being measured.');
    expect(text).toContain('<progress max="4" value="2" aria-label="launches made">');
    expect(text).toMatch(/101 ns<\/span><span class="interval">101 ns … 101 ns/);
    expect(text).toContain('Busy cores, last 2 launches: 0.85 last, 0.85 at most, 2 values');
    expect(text).toContain('data-live="on"');
    run.end();
  });

  it('is linked from the overview, from the list, and by its own address', async () => {
    const run = opened.runs.start('linked');
    for (const path of ['', 'live']) await expect.poll(() => read(path)).toContain('href="/live?id=linked"');
    expect((await ask('live?id=linked')).status).toBe(200);
    run.end();
  });

  it('of a run that was killed says so, and what is left of it', async () => {
    opened.runs.start('killed', { killed: true }).append(recordOf(0, TIMING));
    const text = await read('live?id=killed');
    expect(text).toContain('It was killed: its process is gone');
    expect(text).toContain('<code>forgebench report killed</code>');
    expect(text).toContain('data-live="off"');
    await expect.poll(() => read('live')).toMatch(/killed<\/a>.*?class="chip bad">killed/s);
  });

  it('leads on once the run has ended: to its figures, or to how they come into the store', async () => {
    opened.runs.start(runId(39)).end();
    opened.runs.start('not-stored').end();
    expect(await read(`live?id=${runId(39)}`)).toContain(`href="/run?id=${runId(39)}">the page of the run`);
    expect(await read('live?id=not-stored')).toContain(
      'is not in the store; the next verb that opens the store adds it',
    );
  });

  it('is not found where there is no such run, whatever path the id is', async () => {
    for (const id of ['nothing', '', '..', '../one', '%2e%2e%2fone', 'one%00'])
      expect((await ask(`live?id=${id}`)).status, id).toBe(404);
  });

  it('takes names, commits and messages as text', async () => {
    const run = opened.runs.start('hostile', hostilePlan());
    const failed = recordOf(0, 'panic');
    const outcome = { status: 'failed' as const, failure: { reason: 'panic' as const, message: HOSTILE } };
    run.append({ ...failed, caseId: HOSTILE_CASE, outcome });
    const text = await read('live?id=hostile');
    expect(text).toContain('1 failed');
    expect(text).not.toMatch(/<script>window|<img/);
    run.end();
  });
});
