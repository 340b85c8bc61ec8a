// Why cases became slower: profiled launches of both versions in turn, of those cases alone.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunComparison, Verdict } from '../compare/index.js';
import { type Explanation, explainCase, unexplained } from '../explain/index.js';
import type { CasePair } from '../plan/index.js';
import { type Profile, readProfile } from '../profile/index.js';
import { type ProfileOptions, profileCase } from '../run/index.js';
import type { Side } from '../samples/index.js';
import { counted, formatDuration, slug } from '../units/index.js';
import { standaloneProgram, workerProgram } from '../worker/index.js';
import { scratchFolder } from './measure-plan.js';
import { PROGRAM_FOLDER, pageAssets } from './page-assets.js';
import { progressDisplay } from './progress.js';
import { writeDifferential } from './write-differential.js';

/** Profiled launches of each side: with fewer, all of them lie on one side of zero by chance too often. */
const LAUNCHES = 6;
/** How long each is watched. */
const WATCHED_NS = 1e9;
/** What such a launch takes in all, for the forecast. */
const LAUNCH_MS = 2_500;
/** Of more cases, those that became slowest. */
const MOST_CASES = 8;

/** What is there to be explained. */
export interface ToExplain {
  comparison: RunComparison;
  pairs: readonly CasePair[];
  /** The run's folder. */
  folder: string;
  /** Cases with which verdicts are explained. */
  verdicts: readonly Verdict[];
  /** Index of the first profiled launch. */
  index: number;
}

/** Explains the cases with these verdicts; says what it will take. Nothing where there are none. */
export async function explainVersions(work: ToExplain, signal: AbortSignal): Promise<Explanation[] | undefined> {
  const asked = work.comparison.cases.filter(({ verdict }) => work.verdicts.includes(verdict));
  const slowest = asked.sort((a, b) => b.ratio - a.ratio).slice(0, MOST_CASES);
  const chosen = slowest.flatMap(({ id }) => work.pairs.find(({ head }) => head.each.id === id) ?? []);
  if (chosen.length === 0 || signal.aborted) return undefined;
  const cases = counted(chosen.length, 'case');
  const left = asked.length > chosen.length ? ` of ${asked.length}` : '';
  const forecast = formatDuration(chosen.length * 2 * LAUNCHES * LAUNCH_MS);
  process.stderr.write(
    `Explaining ${cases}${left} with ${2 * LAUNCHES} profiled launches each, in about ${forecast}; --no-explain leaves it out\n`,
  );
  const display = progressDisplay();
  const explanations: Explanation[] = [];
  for (const [done, pair] of chosen.entries()) {
    if (signal.aborted) break;
    const leftMs = (chosen.length - done) * 2 * LAUNCHES * LAUNCH_MS;
    display.show('Explaining', { done, total: chosen.length, caseId: pair.head.each.id, leftMs });
    explanations.push(await explainPair(pair, { ...work, index: work.index + done * 2 * LAUNCHES }, signal));
  }
  display.clear();
  return explanations;
}

async function explainPair(pair: CasePair, work: ToExplain, signal: AbortSignal): Promise<Explanation> {
  const caseId = pair.head.each.id;
  try {
    const profiles = await profilePair(pair, work.index, signal);
    const { explanation, aligned } = explainCase(caseId, profiles);
    const page = join(work.folder, 'explanations', slug(caseId), 'flame.html');
    const { base, head } = work.comparison;
    const subtitle = [`base  ${base.version ?? base.id}`, `head  ${head.version ?? head.id}`];
    writeDifferential(page, aligned, { caseId, subtitle });
    return { ...explanation, page };
  } catch (error) {
    return unexplained(caseId, (error as Error).message);
  }
}

/** Launches in the order A B B A …; each stands at the same place as the one of the other side beside it. */
async function profilePair(pair: CasePair, index: number, signal: AbortSignal): Promise<Record<Side, Profile[]>> {
  const profiles: Record<Side, Profile[]> = { base: [], head: [] };
  for (let round = 0; round < LAUNCHES && !signal.aborted; round++) {
    const order: readonly Side[] = round % 2 === 0 ? ['base', 'head'] : ['head', 'base'];
    for (const [place, side] of order.entries())
      profiles[side].push(await profileSide(pair, side, { index: index + 2 * round + place, signal }));
  }
  return profiles;
}

/** @throws Error with the reason of the engine where a launch has no profile */
async function profileSide(
  pair: CasePair,
  side: Side,
  { index, signal }: { index: number; signal: AbortSignal },
): Promise<Profile> {
  const { benchmark, each } = pair[side];
  const folder = join(scratchFolder(), 'explain');
  const options: ProfileOptions = {
    worker: workerProgram,
    standalone: standaloneProgram,
    cwd: join(scratchFolder(), side),
    signal,
    ownFolders: [PROGRAM_FOLDER],
    flameClient: pageAssets('flame'),
    timelineClient: pageAssets('timeline'),
    tellsCost: false,
  };
  const job = { benchmark, case: each, index, folder, durationNs: WATCHED_NS };
  try {
    const [result] = await profileCase(job, [{ name: 'flame', ofGroup: false }], options);
    const file = result?.files.profile;
    if (file === undefined) throw new Error(result?.failure ?? 'the profiled launches were interrupted');
    return readProfile(readFileSync(join(folder, file), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
