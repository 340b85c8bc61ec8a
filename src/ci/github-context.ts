// What GitHub Actions tells a step about where it runs and why.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CiError } from './ci-error.js';

/** A pull request as the event has it. */
export interface PullRequest {
  number: number;
  base: { ref: string; sha: string };
  head: { ref: string; sha: string };
  /** Whether its branch is in another repository, so that the token may only read. */
  isFork: boolean;
}

/** Where a step runs and why. */
export interface GithubContext {
  event: string;
  repository: { owner: string; name: string };
  /** The branch that was pushed, or that a schedule runs on; the merge of a pull request is none. */
  branch: string;
  commit: string;
  pullRequest: PullRequest | null;
  /** The commit of the run that a `workflow_run` follows. */
  followedCommit: string | null;
  api: { url: string; token: string | undefined };
  /** The run's own page. */
  runUrl: string;
  /** Grows from run to run and from attempt to attempt, so that an older one can tell that it is. */
  order: number;
  /** The file that the step's summary goes into. */
  summaryFile: string | undefined;
}

const commit = z.string().regex(/^[0-9a-f]{40,64}$/);
const side = z.object({
  ref: z.string(),
  sha: commit,
  // Null where the fork was deleted.
  repo: z.object({ full_name: z.string() }).nullish(),
});
const pullRequest = z.object({ number: z.int().min(1), base: side, head: side });
const payload = z.object({
  pull_request: pullRequest.optional(),
  workflow_run: z.object({ head_sha: commit }).optional(),
});

/**
 * Reads where a step runs from the environment that GitHub Actions sets.
 *
 * @throws CiError outside of GitHub Actions, or where the event cannot be read
 */
export function readGithubContext(env: NodeJS.ProcessEnv): GithubContext {
  const { GITHUB_REPOSITORY: repository, GITHUB_EVENT_NAME: event } = env;
  const [owner, name] = (repository ?? '').split('/');
  if (!owner || !name || !event)
    throw new CiError(
      'Cannot tell what to check: GITHUB_REPOSITORY and GITHUB_EVENT_NAME are not set; run it in a workflow of GitHub Actions, or compare two versions with "forgebench ab"',
    );
  const { pull_request: pull, workflow_run: followed } = readEvent(env.GITHUB_EVENT_PATH, event);
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
  return {
    event,
    repository: { owner, name },
    branch: env.GITHUB_REF_NAME ?? '',
    commit: env.GITHUB_SHA ?? '',
    pullRequest: pull === undefined ? null : toPullRequest(pull),
    followedCommit: followed?.head_sha ?? null,
    api: { url: env.GITHUB_API_URL ?? 'https://api.github.com', token: env.GITHUB_TOKEN || undefined },
    runUrl: `${server}/${owner}/${name}/actions/runs/${env.GITHUB_RUN_ID ?? ''}`,
    order: orderOf(env),
    summaryFile: env.GITHUB_STEP_SUMMARY || undefined,
  };
}

/** A pull request as the API has it. */
export function readPullRequest(value: unknown): PullRequest {
  return toPullRequest(pullRequest.parse(value));
}

function toPullRequest({ number, base, head }: z.infer<typeof pullRequest>): PullRequest {
  return {
    number,
    base: { ref: base.ref, sha: base.sha },
    head: { ref: head.ref, sha: head.sha },
    isFork: head.repo?.full_name !== base.repo?.full_name,
  };
}

function readEvent(file: string | undefined, event: string): z.infer<typeof payload> {
  if (!file) return {};
  try {
    return payload.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new CiError(`Cannot read the event "${event}" in "${file}": ${why}; GITHUB_EVENT_PATH names the file`);
  }
}

/** Run ids grow within GitHub; a run has a few attempts. */
function orderOf({ GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT }: NodeJS.ProcessEnv): number {
  const [id, attempt] = [Number(GITHUB_RUN_ID ?? 0), Number(GITHUB_RUN_ATTEMPT ?? 1)];
  return Number.isSafeInteger(id * 100 + attempt) ? id * 100 + Math.min(attempt, 99) : 0;
}
