// Flame graphs, made from the profiles that the store has: a page that a run brought along is never served as it is.
import { type Context, Hono } from 'hono';
import { align, alike, differentialData, seesMore } from '../explain/index.js';
import { type Profile, readProfile, toDifferentialHtml, toFlameHtml } from '../profile/index.js';
import type { Store, StoredProfile, StoredRun } from '../store/index.js';
import { formatMoment } from '../units/index.js';
import type { DashboardAssets } from './assets.js';
import { missing, refusal } from './missing.js';
import { commitText } from './words.js';

/** `/flame` of one profile, `/flame/difference` of a case that two runs have profiled. */
export function flameRoutes(store: Store, assets: DashboardAssets): Hono {
  const routes = new Hono();
  routes.get('/', async (context) => {
    const run = await readRun(store, context, 'run');
    const found = run?.profiles.find(({ hash, kind }) => kind === 'profile' && hash === context.req.query('hash'));
    const profile = found && (await readStored(store, found));
    if (run === undefined || found === undefined || profile === undefined) return missing(context);
    const subtitle = [`${describe(run)} · ${found.engine}`];
    return context.html(toFlameHtml(profile, { title: found.caseId, subtitle, client: assets.flame }));
  });
  routes.get('/difference', async (context) => {
    const [base, head] = [await readRun(store, context, 'base'), await readRun(store, context, 'head')];
    const caseId = context.req.query('case') ?? '';
    if (base === undefined || head === undefined) return missing(context);
    const [old, now] = [await profilesOf(store, base, caseId), await profilesOf(store, head, caseId)];
    if (old.length === 0 || now.length === 0) return missing(context);
    const pair = alike(old, now);
    const why = whyNot(() => align({ base: [pair.base], head: [pair.head] }));
    if (typeof why === 'string') return refusal(context, why);
    const subtitle = [`base  ${describe(base)}`, `head  ${describe(head)}`];
    const options = { title: caseId, subtitle, client: assets.differential };
    return context.html(toDifferentialHtml(differentialData(why), options));
  });
  return routes;
}

/** Whether a run has a profile of the case from which a flame graph can be made. */
export function isProfiled({ profiles }: StoredRun, caseId: string): boolean {
  return profiles.some((each) => each.kind === 'profile' && each.caseId === caseId);
}

function readRun(store: Store, context: Context, name: string): Promise<StoredRun | undefined> {
  return store.read(context.req.query(name) ?? '', { brief: true });
}

async function profilesOf(store: Store, { profiles }: StoredRun, caseId: string): Promise<Profile[]> {
  const found = profiles.filter((each) => each.kind === 'profile' && each.caseId === caseId).toSorted(seesMore);
  const read = await Promise.all(found.map((each) => readStored(store, each)));
  return read.filter((each) => each !== undefined);
}

async function readStored(store: Store, { hash }: StoredProfile): Promise<Profile | undefined> {
  const content = await store.readProfile(hash);
  return content && readProfile(content.toString('utf8'));
}

function describe({ id, startedAt, environment }: StoredRun): string {
  return `${id} · ${formatMoment(startedAt)} · ${commitText(environment.commit)}`;
}

/** What was made, or why profiles of two kinds have nothing in common. */
function whyNot<T>(make: () => T): T | string {
  try {
    return make();
  } catch (error) {
    return (error as Error).message;
  }
}
