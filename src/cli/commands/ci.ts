// `forgebench ci`: what a workflow of GitHub Actions runs.
import { CiError, readGithubContext } from '../../ci/index.js';
import { checkPullRequest } from '../check-pull-request.js';
import type { CiFlags } from '../ci-flags.js';
import { mergePullRequest } from '../merge-pull-request.js';
import { recordBranch } from '../record-branch.js';

/** Events after which a branch is measured. */
const OF_BRANCHES: ReadonlySet<string> = new Set(['push', 'schedule', 'workflow_dispatch']);

/** Does what the event asks for; returns the exit code. */
export async function ci(selects: string[], flags: CiFlags): Promise<number> {
  const context = readGithubContext(process.env);
  const { pullRequest, event } = context;
  if (flags.merge !== undefined) return mergePullRequest(flags.merge, flags, context);
  if (pullRequest !== null) return checkPullRequest(selects, flags, { ...context, pullRequest });
  if (OF_BRANCHES.has(event)) return recordBranch(selects, flags, context);
  throw new CiError(
    `Cannot check the event "${event}": it has no pull request; start the workflow on "pull_request", "push" or "schedule"`,
  );
}
