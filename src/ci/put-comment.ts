// One comment on a pull request: found again by its first line, and updated in place.
import type { GithubApi } from './github-api.js';
import type { GithubContext } from './github-context.js';
import { isOurs, marked, orderOf, refusalOf, type Written } from './marker.js';

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

const PAGE = 100;
interface Comment extends Written {
  id: number;
  html_url: string;
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
    const body = marked(draft.name, context.order, draft.body);
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
    return { kind: 'refused', reason: refusalOf(error as Error, 'this pull request', 'pull-requests: write') };
  }
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
