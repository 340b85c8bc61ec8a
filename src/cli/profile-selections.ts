// Profiles after measuring: one case of each benchmark, or the cases that were named.
import { isAbsolute, join, relative } from 'node:path';
import { type Case, representative, type Selection } from '../definition/index.js';
import type { ProfileFormatName } from '../profile/index.js';
import { type CaseToProfile, type EngineChoice, profileCase } from '../run/index.js';
import { type EngineResult, lastProfiled, type ProfileArtefacts } from '../store/index.js';
import { formatBytes, formatCount, formatNs, formatPercent, slug } from '../units/index.js';
import { standaloneProgram, workerProgram } from '../worker/index.js';
import { scratchFolder } from './measure-plan.js';
import { PROGRAM_FOLDER, pageAssets } from './page-assets.js';
import { profileSummary } from './profile-summary.js';
import { progressDisplay } from './progress.js';
import { resultTableText } from './result-table-text.js';

/** How long a case is watched after a run: a sampler at 1 kHz sees more than 700 samples. */
export const QUICK_SECONDS = 0.8;

/** What to profile, with what, and where the files go. */
export interface ProfileInput {
  selections: readonly Selection[];
  engines: readonly EngineChoice[];
  /** Formats beside what every engine leaves. */
  formats?: readonly ProfileFormatName[];
  /** The run's folder. */
  folder: string;
  /** Where the profiles go instead. */
  output?: string | undefined;
  /** How long to watch each case. */
  seconds: number;
  /** Index of the first profiled launch. */
  index: number;
  /** Time after which an engine is ended, milliseconds; two minutes where it is absent. */
  timeLimitMs?: number | undefined;
  /** Time after which no further case is begun, milliseconds; no limit where it is absent. */
  budgetMs?: number | undefined;
}

/** Those whose case was profiled longest ago first, as far as the folder of runs still tells; never before all others. */
export function longestUnseenFirst(selections: readonly Selection[], runs: string): Selection[] {
  const seen = lastProfiled(runs);
  const age = (selection: Selection) => seen.get(slug(representative(selection).id)) ?? -1;
  return selections.toSorted((a, b) => age(a) - age(b));
}

/** Profiles the chosen cases with each engine, one after another. */
export async function profileSelections(input: ProfileInput, signal: AbortSignal): Promise<ProfileArtefacts[]> {
  if (input.engines.length === 0) return [];
  const display = progressDisplay();
  const assets = {
    ownFolders: [PROGRAM_FOLDER],
    flameClient: pageAssets('flame'),
    timelineClient: pageAssets('timeline'),
  };
  const start = Date.now();
  const artefacts: ProfileArtefacts[] = [];
  for (const [done, selection] of input.selections.entries()) {
    if (signal.aborted || Date.now() - start > (input.budgetMs ?? Number.POSITIVE_INFINITY)) break;
    const each = representative(selection);
    const expectedMs = done === 0 ? null : ((Date.now() - start) / done) * (input.selections.length - done);
    const budgetLeftMs = (input.budgetMs ?? Number.POSITIVE_INFINITY) - (Date.now() - start);
    const leftMs = expectedMs === null ? null : Math.min(expectedMs, budgetLeftMs);
    const show = (engines: readonly string[]) => {
      const caseId = `${each.id} · ${engines.join(', ')}`;
      display.show('Profiling', { done, total: input.selections.length, caseId, leftMs });
    };
    const job = profileJob(input, selection, { each, done });
    const results = await profileCase(job, input.engines, {
      worker: workerProgram,
      standalone: standaloneProgram,
      cwd: scratchFolder(),
      signal,
      onEngine: show,
      formats: input.formats ?? [],
      ...(input.timeLimitMs !== undefined && { timeLimitMs: input.timeLimitMs }),
      ...assets,
    });
    artefacts.push({
      caseId: each.id,
      engines: results.map((result) =>
        withPaths(result, input.output === undefined ? relative(input.folder, job.folder) : job.folder),
      ),
    });
  }
  display.clear();
  return artefacts;
}

function profileJob(
  input: ProfileInput,
  { benchmark }: Selection,
  { each, done }: { each: Case; done: number },
): CaseToProfile {
  const folder = join(input.output ?? join(input.folder, 'profiles'), slug(each.id));
  return {
    benchmark,
    case: each,
    index: input.index + done * input.engines.length,
    folder,
    durationNs: input.seconds * 1e9,
  };
}

function withPaths(result: EngineResult, folder: string): EngineResult {
  return {
    ...result,
    files: Object.fromEntries(Object.entries(result.files).map(([kind, file]) => [kind, join(folder, file)])),
  };
}

/** Prints what each engine saw and where its files are. */
export function printProfiles(
  profiles: readonly ProfileArtefacts[],
  { folder, json }: { folder: string; json: boolean },
): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(profiles, null, 2)}\n`);
    return;
  }
  if (profiles.length === 0) {
    process.stdout.write('No case was profiled\n');
    return;
  }
  for (const { caseId, engines } of profiles) {
    process.stdout.write(`${caseId}\n`);
    for (const result of engines) process.stdout.write(`  ${describe(result, folder)}\n`);
  }
  const summary = profileSummary(profiles);
  if (summary.length > 0) process.stdout.write(`All ${profiles.length} cases\n`);
  for (const line of summary) process.stdout.write(`  ${line}\n`);
  process.stdout.write(`Files: ${relative(process.cwd(), folder) || '.'}\n`);
}

/** What an engine saw, with its files as seen from the folder that is named at the end. */
function describe(result: EngineResult, folder: string): string {
  const { engine, failure, skipped, files, samples, intervalNs, intervalBytes, slowdown, cpuSlowdown } = result;
  if (failure !== undefined) return `✗ ${engine}: ${failure}`;
  if (skipped !== undefined) return `- ${engine}: ${skipped}`;
  const { attributedShare, javascriptCallerShare } = result;
  const facts = [
    ...(samples === undefined ? [] : [`${formatCount(samples)} samples`]),
    ...(intervalNs === undefined ? [] : [`every ${formatNs(intervalNs)}`]),
    ...(intervalBytes === undefined ? [] : [`every ${formatBytes(intervalBytes)}`]),
    ...(slowdown === undefined ? [] : [costOf(slowdown, cpuSlowdown)]),
    ...(attributedShare === undefined ? [] : [`${formatPercent(attributedShare)} attributed to functions`]),
    ...(javascriptCallerShare === undefined
      ? []
      : [`${formatPercent(javascriptCallerShare)} with their JavaScript caller`]),
  ];
  const paths = Object.values(files).map((file) => (isAbsolute(file) ? relative(folder, file) : file));
  const { warning, finding, blind } = result;
  // It looked, and there was nothing of which to leave a file.
  if (paths.length === 0 && finding !== undefined) return `- ${engine}: ${finding}`;
  const remarks = [warning === undefined ? undefined : `! ${warning}`, finding, blind];
  const lines = remarks.filter((text) => text !== undefined).map((text) => `\n      ${text}`);
  const table = result.table === undefined ? '' : `\n${indent(resultTableText(result.table), 6)}`;
  return `✓ ${engine}: ${[...facts, paths.join(', ')].join(' · ')}${lines.join('')}${table}`;
}

function indent(text: string, columns: number): string {
  return text.replaceAll(/^/gm, ' '.repeat(columns));
}

/** `cost +1.2 % time, +4.0 % CPU`, or multiples where it is more than double. */
function costOf(slowdown: number, cpuSlowdown: number | undefined): string {
  const more = (ratio: number) =>
    ratio < 2 ? `${ratio < 1 ? '−' : '+'}${Math.abs((ratio - 1) * 100).toFixed(1)} %` : `×${ratio.toFixed(1)}`;
  return `cost ${more(slowdown)} time${cpuSlowdown === undefined ? '' : `, ${more(cpuSlowdown)} CPU`}`;
}
