// The first line of what forgebench writes on GitHub: people do not see it, and later runs find their text again by it.

/** What the line takes at most of a text's length. */
export const MARKER_LENGTH = 200;

/** A text on GitHub, as its API tells it. */
export interface Written {
  body?: string | null | undefined;
  user: { type: string } | null;
  author_association?: string;
}

/** People who could edit the text anyway; others must not be able to have theirs taken for ours. */
const TRUSTED: ReadonlySet<unknown> = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/** A text behind the line that tells its name, and the run that wrote it. */
export function marked(name: string, order: number, body: string): string {
  return `${startOf(name)} order=${order} -->\n${body}`;
}

/** Whether a text has this name, and is of somebody who could be us. */
export function isOurs({ body, user, author_association }: Written, name: string): boolean {
  return body?.startsWith(`${startOf(name)} `) === true && (user?.type === 'Bot' || TRUSTED.has(author_association));
}

/** The run that wrote a text. */
export function orderOf({ body }: Written): number {
  return Number(/ order=(\d+) -->/.exec(body?.split('\n')[0] ?? '')?.[1] ?? 0);
}

/**
 * Why GitHub refused a text, in a sentence.
 *
 * @param permission what the job's token needs: `pull-requests: write`
 */
export function refusalOf({ status, message }: Error & { status?: number }, what: string, permission: string): string {
  const [first] = message.split('\n');
  switch (status) {
    case 401:
      return `GitHub does not know the token (${first}); set GITHUB_TOKEN to \${{ github.token }}`;
    case 403:
    case 404:
      return `the token may not write to ${what} (${first}); give the job "permissions: ${permission}"`;
    case 422:
      return `GitHub did not accept it (${first})`;
    default:
      return `GitHub could not be reached (${first}); the next run writes it`;
  }
}

function startOf(name: string): string {
  return `<!-- forgebench:${name}`;
}
