// The pull request of a workflow that another one follows: with a token that may write, after the fork's code has run without.
import { CiError } from './ci-error.js';
import type { GithubApi } from './github-api.js';
import { type GithubContext, type PullRequest, readPullRequest } from './github-context.js';

/**
 * The pull request that a part of a measurement names. Files of a fork are its own code's word, so that only what GitHub confirms
 * is believed: the number must be that of a pull request whose newest commit is the one that was measured.
 *
 * @param followed the commit of the run that is followed
 * @throws CiError where it is none
 */
export async function followedPullRequest(
  api: GithubApi,
  { repository }: Pick<GithubContext, 'repository'>,
  { number, followed }: { number: number; followed: string },
): Promise<PullRequest> {
  const answer = await api
    .request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
      owner: repository.owner,
      repo: repository.name,
      pull_number: number,
    })
    .catch((error: Error) => {
      throw new CiError(`Cannot read pull request ${number}: ${error.message.split('\n')[0]}; check GITHUB_TOKEN`);
    });
  const pull = readPullRequest(answer.data);
  if (pull.head.sha === followed) return pull;
  throw new CiError(
    `Cannot tell pull request ${number} of commit ${followed.slice(0, 7)}: it is at ${pull.head.sha.slice(0, 7)}; the run of its newest commit does`,
  );
}
