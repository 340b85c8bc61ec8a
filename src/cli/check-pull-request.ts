// A pull request: base and head measured in turn, and the pull request told what came of it.
import { relative, resolve } from 'node:path';
import {
  annotate,
  changedFiles,
  findBase,
  type GithubContext,
  isDocumentation,
  type PullRequest,
  type PullRequestOutcome,
} from '../ci/index.js';
import { type CompareOptions, DEFAULT_COMPARE_OPTIONS } from '../compare/index.js';
import { type Shard, takeShardOfBoth } from '../definition/index.js';
import type { RunRecord } from '../store/index.js';
import { formatBytes } from '../units/index.js';
import { attempt } from './attempt.js';
import type { CiFlags } from './ci-flags.js';
import { readComparisonOptions } from './comparison-options.js';
import { EXIT, exitCodeOfVersions } from './exit-code.js';
import { pagesFrom } from './explanation-pages.js';
import { abortOnInterrupt } from './interrupt.js';
import { measureVersions, pairUp, prepareVersions } from './measure-versions.js';
import { missedTargets } from './missed-targets.js';
import type { OpenedVersion } from './open-version.js';
import { writePart, writePartAlone } from './parts-of-ci.js';
import { readShard } from './read-shard.js';
import { tellPullRequest } from './tell-pull-request.js';

/** The part of a machine that has no other beside it. */
const ALONE: Shard = { index: 1, count: 1 };

/** Checks a pull request and says so where people look, or writes a part of what is to be said; returns the exit code. */
export async function checkPullRequest(
  selects: readonly string[],
  flags: CiFlags,
  context: GithubContext & { pullRequest: PullRequest },
): Promise<number> {
  const options = { ...DEFAULT_COMPARE_OPTIONS, ...readComparisonOptions(flags), settling: flags.settle };
  const shard = flags.shard === undefined ? undefined : readShard(flags.shard);
  const code = resolve(flags.code ?? '.');
  const base = findBase(code, context.pullRequest);
  const signal = abortOnInterrupt();
  const { outcome, exitCode, folders } = await check(selects, { flags, code, base, options, signal, shard });
  if (signal.aborted) {
    process.stderr.write('The job was cancelled: the comment of the pull request stays as it was\n');
    return EXIT.interrupted;
  }
  const annotations = annotate(outcome, code);
  const { number, head } = context.pullRequest;
  const commits = { pullRequest: number, base, head: head.sha, order: context.order };
  const part = { ...commits, shard: shard ?? ALONE, outcome, exitCode, annotations };
  if (shard !== undefined) return writePartAlone(part, folders, flags.files);
  await tellPullRequest({ outcome, exitCode, folders, annotations }, { flags, context, base });
  // A workflow that follows this one may write the comment that a fork's token may not.
  writePart(part, flags.files);
  return exitCode;
}

interface Check {
  flags: CiFlags;
  /** The folder of the code under test. */
  code: string;
  /** The commit to compare with. */
  base: string;
  options: Omit<CompareOptions, 'interleaved'>;
  signal: AbortSignal;
  /** The part that is measured; all where there is none. */
  shard: Shard | undefined;
}

/** What came of measuring, and the folders with pages of explanations. */
interface Found {
  outcome: PullRequestOutcome;
  exitCode: number;
  folders: readonly string[];
}

async function check(selects: readonly string[], { flags, code, base, options, signal, shard }: Check): Promise<Found> {
  const files = changedFiles(code, base);
  if (!flags.measureIdentical && files.length > 0 && files.every(isDocumentation))
    return { outcome: { kind: 'documentation', files }, exitCode: EXIT.well, folders: [] };

  const preparation = await prepareVersions(selects, flags);
  const place = relative(process.cwd(), code) || '.';
  const head = await attempt(() => preparation.open(`path:${place}`));
  if ('reason' in head) return { outcome: { kind: 'broken', reason: head.reason }, exitCode: EXIT.usage, folders: [] };
  const old = await attempt(() => preparation.open(`git:${place}@${base}`));
  if ('reason' in old) return baseless(`The base cannot be measured: ${old.reason}`);
  const versions = takePart({ base: old.value, head: head.value }, shard);
  const pairs = pairUp(versions.base, versions.head);
  if (pairs.length === 0) return baseless('The base has none of the cases that were asked for.');

  const { records, comparison, folder } = await measureVersions(
    preparation,
    { ...versions, pairs },
    { options, signal },
  );
  const { tolerance } = options;
  const facts = { missed: missedTargets(records.head), machines: [machineText(records.head)], tolerance };
  const outcome = { kind: 'compared', comparison: pagesFrom(folder, comparison), ...facts } as const;
  return { outcome, exitCode: exitCodeOfVersions(records, comparison, tolerance), folders: [folder] };
}

/** A pull request that brings the first benchmarks has nothing to be judged by, and must be mergeable. */
function baseless(reason: string): Found {
  return { outcome: { kind: 'baseless', reason }, exitCode: EXIT.well, folders: [] };
}

type Sides = Record<'base' | 'head', OpenedVersion>;

function takePart({ base, head }: Sides, shard: Shard | undefined): Sides {
  if (shard === undefined) return { base, head };
  const its = takeShardOfBoth({ base: base.selections, head: head.selections }, shard);
  return { base: { ...base, selections: its.base }, head: { ...head, selections: its.head } };
}

function machineText({ environment }: RunRecord): string {
  const { cpu, memoryBytes, node } = environment;
  return `Measured on ${cpu.model}, ${cpu.logicalCores} cores, ${formatBytes(memoryBytes)}, Node.js ${node}`;
}
