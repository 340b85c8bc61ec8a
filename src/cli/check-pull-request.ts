// A pull request: base and head measured in turn, and the pull request told what came of it.
import { relative, resolve } from 'node:path';
import { changedFiles, findBase, type GithubContext, isDocumentation, type PullRequest } from '../ci/index.js';
import { type CompareOptions, DEFAULT_COMPARE_OPTIONS } from '../compare/index.js';
import type { RunRecord } from '../store/index.js';
import { formatBytes } from '../units/index.js';
import { attempt } from './attempt.js';
import type { CiFlags } from './ci-flags.js';
import { readComparisonOptions } from './comparison-options.js';
import { EXIT, exitCodeOfVersions } from './exit-code.js';
import { abortOnInterrupt } from './interrupt.js';
import { measureVersions, missedTargets, pairUp, prepareVersions } from './measure-versions.js';
import { type CheckedPullRequest, tellPullRequest } from './tell-pull-request.js';

/** Checks a pull request and says so where people look; returns the exit code. */
export async function checkPullRequest(
  selects: readonly string[],
  flags: CiFlags,
  context: GithubContext & { pullRequest: PullRequest },
): Promise<number> {
  const options = { ...DEFAULT_COMPARE_OPTIONS, ...readComparisonOptions(flags), settling: flags.settle };
  const code = resolve(flags.code ?? '.');
  const base = findBase(code, context.pullRequest);
  const signal = abortOnInterrupt();
  const checked = await check(selects, { flags, code, base, options, signal });
  if (signal.aborted) {
    process.stderr.write('The job was cancelled: the comment of the pull request stays as it was\n');
    return EXIT.interrupted;
  }
  await tellPullRequest(checked, { flags, context, base, code });
  return checked.exitCode;
}

interface Check {
  flags: CiFlags;
  /** The folder of the code under test. */
  code: string;
  /** The commit to compare with. */
  base: string;
  options: Omit<CompareOptions, 'interleaved'>;
  signal: AbortSignal;
}

async function check(
  selects: readonly string[],
  { flags, code, base, options, signal }: Check,
): Promise<CheckedPullRequest> {
  const files = changedFiles(code, base);
  if (!flags.measureIdentical && files.length > 0 && files.every(isDocumentation))
    return { outcome: { kind: 'documentation', files }, exitCode: EXIT.well };

  const preparation = await prepareVersions(selects, flags);
  const place = relative(process.cwd(), code) || '.';
  const head = await attempt(() => preparation.open(`path:${place}`));
  if ('reason' in head) return { outcome: { kind: 'broken', reason: head.reason }, exitCode: EXIT.usage };
  const old = await attempt(() => preparation.open(`git:${place}@${base}`));
  if ('reason' in old) return baseless(`The base cannot be measured: ${old.reason}`);
  const pairs = pairUp(old.value, head.value);
  if (pairs.length === 0) return baseless('The base has none of the cases that were asked for.');

  const sides = { base: old.value, head: head.value, pairs };
  const { records, comparison, folder } = await measureVersions(preparation, sides, { options, signal });
  const { tolerance } = options;
  const missed = missedTargets(records.head);
  const outcome = { kind: 'compared', comparison, missed, machines: [machineText(records.head)], tolerance } as const;
  return { outcome, exitCode: exitCodeOfVersions(records, comparison, tolerance), folder };
}

/** A pull request that brings the first benchmarks has nothing to be judged by, and must be mergeable. */
function baseless(reason: string): CheckedPullRequest {
  return { outcome: { kind: 'baseless', reason }, exitCode: EXIT.well };
}

function machineText({ environment }: RunRecord): string {
  const { cpu, memoryBytes, node } = environment;
  return `Measured on ${cpu.model}, ${cpu.logicalCores} cores, ${formatBytes(memoryBytes)}, Node.js ${node}`;
}
