// An issue on GitHub.
import { COMMENT_LIMIT, fitText, type GithubApi } from '../ci/index.js';
import type { Channel } from './alert.js';
import { AlertError } from './alert-error.js';
import { subjectOf, toMarkdownText } from './message-text.js';

/** The most characters of an issue's title. */
const TITLE_LIMIT = 256;

/** The repository whose issues tell. */
export interface GithubIssueOptions {
  name: string;
  place: string;
  api: GithubApi;
  repository: { owner: string; name: string };
  labels: readonly string[];
}

/** A channel that opens an issue for each message. */
export function githubIssue({ name, place, api, repository, labels }: GithubIssueOptions): Channel {
  return {
    name,
    place,
    async send(message) {
      try {
        await api.request('POST /repos/{owner}/{repo}/issues', {
          owner: repository.owner,
          repo: repository.name,
          title: cut(`Slower: ${subjectOf(message)}`),
          body: fitText(toMarkdownText(message).split('\n\n'), COMMENT_LIMIT),
          ...(labels.length > 0 && { labels: [...labels] }),
        });
      } catch (error) {
        throw new AlertError(reasonOf(error as Error & { status?: number }));
      }
    },
  };
}

function cut(title: string): string {
  return title.length <= TITLE_LIMIT ? title : `${title.slice(0, TITLE_LIMIT - 1)}…`;
}

function reasonOf({ status }: { status?: number }): string {
  switch (status) {
    case 401:
      return 'GitHub does not know the token (401); check it';
    case 403:
    case 404:
      return `the token may not write issues of this repository (${status}); give the job "permissions: issues: write"`;
    case 410:
      return 'the repository has no issues (410); switch them on';
    case 422:
      return 'GitHub did not accept the issue (422); check its labels';
    default:
      return `GitHub could not be reached (${status ?? 'no answer'}); the next call tries again`;
  }
}
