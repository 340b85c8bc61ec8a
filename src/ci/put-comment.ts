// One comment on a pull request: found again by its first line, and updated in place.
import type { GithubApi } from './github-api.js';
import type { GithubContext } from './github-context.js';

/** What became of a comment. */
export type CommentOutcome =
  | { kind: 'created' | 'updated'; url: string }
  /** A newer run has written it already. */
  | { kind: 'outdated' }
  /** Why it could not be written, in a sentence. */
  | { kind: 'refused'; reason: string };

/** Which comment, and what it says. */
export interface CommentDraft {
  pullRequest: number;
  /** Tells comments of several workflows apart: letters, digits, `-` and `_`. */
  name: string;
  body: string;
}

/** What the line that comments are found by takes of their length. */
export const MARKER_LENGTH = 200;

const PAGE = 100;
/** People who could edit the comment anyway; others must not be able to have theirs taken for ours. */
const TRUSTED: ReadonlySet<unknown> = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

interface Comment {
  id: number;
  html_url: string;
  body?: string;
  user: { type: string } | null;
  author_association?: string;
}

/** Writes the comment, or says why it could not; nothing of this is worth failing a job for. */
export async function putComment(
  api: GithubApi,
  context: Pick<GithubContext, 'repository' | 'order'>,
  draft: CommentDraft,
): Promise<CommentOutcome> {
  const { owner, name: repo } = context.repository;
  try {
    const old = await findComment(api, { owner, repo }, draft);
    if (old && orderOf(old) > context.order) return { kind: 'outdated' };
    const body = `${markerOf(draft.name)} order=${context.order} -->\n${draft.body}`;
    const written = old
      ? await api.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
          ...{ owner, repo, body },
          comment_id: old.id,
        })
      : await api.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
          ...{ owner, repo, body },
          issue_number: draft.pullRequest,
        });
    return { kind: old ? 'updated' : 'created', url: written.data.html_url };
  } catch (error) {
    return { kind: 'refused', reason: reasonOf(error as Error & { status?: number }) };
  }
}

function markerOf(name: string): string {
  return `<!-- forgebench:${name}`;
}

async function findComment(
  api: GithubApi,
  place: { owner: string; repo: string },
  { pullRequest, name }: CommentDraft,
): Promise<Comment | undefined> {
  for (let page = 1; ; page++) {
    const { data } = await api.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...place,
      issue_number: pullRequest,
      per_page: PAGE,
      page,
    });
    const found = (data as Comment[]).find((each) => isOurs(each, name));
    if (found || data.length < PAGE) return found;
  }
}

function isOurs({ body, user, author_association }: Comment, name: string): boolean {
  return body?.startsWith(`${markerOf(name)} `) === true && (user?.type === 'Bot' || TRUSTED.has(author_association));
}

function orderOf({ body }: Comment): number {
  return Number(/ order=(\d+) -->/.exec(body?.split('\n')[0] ?? '')?.[1] ?? 0);
}

function reasonOf({ status, message }: Error & { status?: number }): string {
  const [first] = message.split('\n');
  switch (status) {
    case 401:
      return `GitHub does not know the token (${first}); set GITHUB_TOKEN to \${{ github.token }}`;
    case 403:
    case 404:
      return `the token may not write to this pull request (${first}); give the job "permissions: pull-requests: write"`;
    case 422:
      return `GitHub did not accept it (${first})`;
    default:
      return `GitHub could not be reached (${first}); the next run writes it`;
  }
}
