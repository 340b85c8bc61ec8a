// One issue of a repository: found again by its first line, updated in place, closed when there is nothing to tell any more.
import type { GithubApi } from './github-api.js';
import type { GithubContext } from './github-context.js';
import { isOurs, marked, orderOf, refusalOf, type Written } from './marker.js';

/** Which issue, and what it says. */
export interface IssueDraft {
  /** Tells issues of several workflows apart: letters, digits, `-` and `_`. */
  name: string;
  /** Says what the matter is: an issue that somebody has closed is opened again by no other run of the same title. */
  title: string;
  body: string;
  /** False where there is nothing to tell: an issue that is open is closed, and none is made. */
  isOpen: boolean;
}

/** What became of an issue. */
export type IssueOutcome =
  | { kind: 'created' | 'updated' | 'closed'; url: string }
  /** There is nothing to tell, and no issue that says otherwise. */
  | { kind: 'none' }
  /** A newer run has written it already. */
  | { kind: 'outdated' }
  /** Why it could not be written, in a sentence. */
  | { kind: 'refused'; reason: string };

const PAGE = 100;
/** Issues are found by it, since a repository may have thousands of others. GitHub makes it where it is not there. */
const LABEL = 'forgebench';

interface Issue extends Written {
  number: number;
  html_url: string;
  title: string;
  state: string;
}

type Place = { owner: string; repo: string };

/** Writes the issue, or says why it could not. */
export async function putIssue(
  api: GithubApi,
  context: Pick<GithubContext, 'repository' | 'order'>,
  draft: IssueDraft,
): Promise<IssueOutcome> {
  const place = { owner: context.repository.owner, repo: context.repository.name };
  try {
    const old = await findIssue(api, place, draft.name);
    if (old && orderOf(old) > context.order) return { kind: 'outdated' };
    const text = { title: draft.title, body: marked(draft.name, context.order, draft.body) };
    if (old && isStill(old, draft)) return await update(api, place, { old, draft, text });
    return draft.isOpen ? await create(api, place, text) : { kind: 'none' };
  } catch (error) {
    return { kind: 'refused', reason: refusalOf(error as Error, 'issues of this repository', 'issues: write') };
  }
}

/** Whether an old issue is about the same. One that somebody has closed stays so until there is something else to tell. */
function isStill({ state, title }: Issue, draft: IssueDraft): boolean {
  return state === 'open' || (draft.isOpen && title === draft.title);
}

interface Update {
  old: Issue;
  draft: IssueDraft;
  text: { title: string; body: string };
}

async function update(api: GithubApi, place: Place, { old, draft, text }: Update): Promise<IssueOutcome> {
  // What it told stands below its title still, so that a closed issue says what it was about.
  const change = draft.isOpen ? text : { body: text.body, state: 'closed', state_reason: 'completed' };
  const { data } = await api.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
    ...place,
    ...(change as object),
    issue_number: old.number,
  });
  return { kind: draft.isOpen ? 'updated' : 'closed', url: data.html_url };
}

async function create(api: GithubApi, place: Place, text: Update['text']): Promise<IssueOutcome> {
  const { data } = await api.request('POST /repos/{owner}/{repo}/issues', { ...place, ...text, labels: [LABEL] });
  return { kind: 'created', url: data.html_url };
}

/** The newest one of this name. */
async function findIssue(api: GithubApi, place: Place, name: string): Promise<Issue | undefined> {
  for (let page = 1; ; page++) {
    const { data } = await api.request('GET /repos/{owner}/{repo}/issues', {
      ...place,
      ...({ labels: LABEL, state: 'all', sort: 'created', direction: 'desc' } as const),
      per_page: PAGE,
      page,
    });
    const found = (data as Issue[]).find((each) => !('pull_request' in each) && isOurs(each, name));
    if (found || data.length < PAGE) return found;
  }
}
