// The last job of a matrix, or a workflow that follows that of a fork: what machines have found out, told as one.
import { relative, resolve } from 'node:path';
import {
  CiError,
  followedPullRequest,
  type GithubContext,
  mergeParts,
  openGithubApi,
  type PullRequest,
  type PullRequestOutcome,
} from '../ci/index.js';
import type { CiFlags } from './ci-flags.js';
import { type FoundParts, readParts } from './parts-of-ci.js';
import { tellPullRequest } from './tell-pull-request.js';
import { UsageError } from './usage-error.js';

/** Puts the parts in a folder together and says so where people look; returns the exit code of all of them. */
export async function mergePullRequest(folder: string, flags: CiFlags, context: GithubContext): Promise<number> {
  refuseInside(folder, flags.files);
  const found = readParts(resolve(folder));
  const pullRequest = context.pullRequest ?? (await pullRequestOf(found, context));
  const merged = mergeParts(found.parts, pullRequest.head.sha, found.unreadable);
  const telling = { flags, context: { ...context, pullRequest }, base: merged.base ?? pullRequest.base.sha };
  const isOurs = context.followedCommit === null;
  const told = isOurs ? merged : { ...merged, outcome: withoutPages(merged.outcome) };
  await tellPullRequest({ ...told, folders: isOurs ? found.folders : [] }, telling);
  return merged.exitCode;
}

/**
 * The pages of a fork may have programs in them, which `--pages-url` would publish as ours: they stay in the artifact of its own
 * workflow, and no link leads to them.
 */
function withoutPages(outcome: PullRequestOutcome): PullRequestOutcome {
  if (outcome.kind !== 'compared' || outcome.comparison.explanations === undefined) return outcome;
  const explanations = outcome.comparison.explanations.map(({ page: _page, ...each }) => each);
  return { ...outcome, comparison: { ...outcome.comparison, explanations } };
}

/** @throws CiError where nothing says which, or what says it is not to be believed */
async function pullRequestOf({ parts, unreadable }: FoundParts, context: GithubContext): Promise<PullRequest> {
  const { event, followedCommit: followed, api } = context;
  if (followed === null)
    throw new CiError(
      `Cannot tell what parts say on the event "${event}": start the workflow on "pull_request" or "workflow_run"`,
    );
  const [part] = parts;
  if (part === undefined)
    throw new CiError(
      `Cannot tell which pull request was measured: there is no part of it; check --merge and the artifact ${unreadable.join(' ')}`.trim(),
    );
  return followedPullRequest(openGithubApi(api), context, { number: part.pullRequest, followed });
}

/** What is in the folder of files goes before the new ones are written; in one of parts it would be read as another part. */
function refuseInside(folder: string, files: string): void {
  if (isWithin(folder, files) || isWithin(files, folder))
    throw new UsageError(
      `Cannot read parts from "${folder}": what this writes goes to "${files}", which is emptied first; name another folder with --merge or --files`,
    );
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way !== '..' && !way.startsWith('../');
}
