// A server on this machine that speaks the part of GitHub's API that comments and issues need.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A comment as the server holds it. */
export interface HeldComment {
  id: number;
  issue: number;
  body: string;
  user: { type: string; login: string };
  author_association: string;
}

/** An issue as the server holds it. */
export interface HeldIssue {
  number: number;
  title: string;
  body: string;
  state: string;
  labels: string[];
  user: { type: string; login: string };
  author_association: string;
  pull_request?: object;
}

/** What the next requests get instead of an answer. */
export interface Fault {
  status: number;
  message: string;
  headers?: Record<string, string>;
}

/** A running server. */
export interface GithubServer {
  url: string;
  comments: HeldComment[];
  issues: HeldIssue[];
  /** Method and path of each request, in order. */
  requests: string[];
  /** Taken one for each request, before it is looked at; one that is undefined lets its request through. */
  faults: (Fault | undefined)[];
  /** The commits of pull requests by number. */
  heads: Map<number, string>;
  close(): Promise<void>;
}

/** What a request brings. */
type Body = Partial<Pick<HeldIssue, 'title' | 'body' | 'state' | 'labels'>>;
type Held = Omit<GithubServer, 'url' | 'close'>;

const LONGEST = 65_536;
const COMMENTS = /^\/repos\/me\/project\/issues\/(\d+)\/comments$/;
const COMMENT = /^\/repos\/me\/project\/issues\/comments\/(\d+)$/;
const ISSUES = /^\/repos\/me\/project\/issues$/;
const ISSUE = /^\/repos\/me\/project\/issues\/(\d+)$/;
const PULL = /^\/repos\/me\/project\/pulls\/(\d+)$/;

/** Starts a server for the repository `me/project` that knows the token `secret`. */
export async function startGithub(): Promise<GithubServer> {
  const held: Held = { comments: [], issues: [], requests: [], faults: [], heads: new Map() };
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    const { status, value, headers } = answer(held, request, body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { ...held, url, close };
}

async function readBody(request: IncomingMessage): Promise<Body> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? {} : (JSON.parse(text) as Body);
}

interface Answer {
  status: number;
  value: unknown;
  headers?: Record<string, string>;
}

function answer(server: Held, { method, url = '', headers }: IncomingMessage, brought: Body): Answer {
  const { body } = brought;
  const { pathname, searchParams } = new URL(url, 'http://here');
  server.requests.push(`${method} ${pathname}`);
  const fault = server.faults.shift();
  if (fault) return { status: fault.status, value: { message: fault.message }, headers: fault.headers ?? {} };
  if (headers.authorization !== 'token secret') return { status: 401, value: { message: 'Bad credentials' } };
  const pull = PULL.exec(pathname);
  if (pull) return answerPull(server, Number(pull[1]));
  if (body !== undefined && body.length > LONGEST)
    return { status: 422, value: { message: 'Validation Failed: body is too long (maximum is 65536 characters)' } };
  const ofIssues = answerIssues(server, `${method}`, { pathname, query: searchParams, brought });
  if (ofIssues) return ofIssues;
  const [, issue] = COMMENTS.exec(pathname) ?? [];
  if (issue && method === 'GET') return { status: 200, value: page(server, Number(issue), searchParams) };
  if (issue && method === 'POST') {
    const user = { type: 'Bot', login: 'github-actions[bot]' };
    const made = { id: server.comments.length + 1, issue: Number(issue), body: body as string, user };
    server.comments.push({ ...made, author_association: 'NONE' });
    return { status: 201, value: withUrl(made) };
  }
  const old = server.comments.find(({ id }) => id === Number(COMMENT.exec(pathname)?.[1]));
  if (old === undefined || method !== 'PATCH') return { status: 404, value: { message: 'Not Found' } };
  old.body = body as string;
  return { status: 200, value: withUrl(old) };
}

/** A pull request of a fork. */
function answerPull({ heads }: Held, number: number): Answer {
  const sha = heads.get(number);
  if (sha === undefined) return { status: 404, value: { message: 'Not Found' } };
  const base = { ref: 'main', sha: 'a'.repeat(40), repo: { full_name: 'me/project' } };
  return { status: 200, value: { number, base, head: { ref: 'topic', sha, repo: { full_name: 'you/project' } } } };
}

/** Issues, with a label where one is asked for, the newest first. */
function answerIssues(
  { issues }: Held,
  method: string,
  { pathname, query, brought }: { pathname: string; query: URLSearchParams; brought: Body },
): Answer | undefined {
  const issueUrl = (issue: HeldIssue) => ({
    ...issue,
    html_url: `https://github.example/me/project/issues/${issue.number}`,
  });
  if (ISSUES.test(pathname) && method === 'GET') {
    const states = query.get('state') === 'all' ? ['open', 'closed'] : [query.get('state') ?? 'open'];
    const label = query.get('labels');
    const its = issues.filter(({ state, labels }) => states.includes(state) && (!label || labels.includes(label)));
    return { status: 200, value: ofPage(its.toReversed(), query).map(issueUrl) };
  }
  if (ISSUES.test(pathname) && method === 'POST') {
    const { title = '', body = '', labels = [] } = brought;
    const user = { type: 'Bot', login: 'github-actions[bot]' };
    const made = { number: issues.length + 1, title, body, labels, state: 'open', user, author_association: 'NONE' };
    issues.push(made);
    return { status: 201, value: issueUrl(made) };
  }
  const old = issues.find(({ number }) => number === Number(ISSUE.exec(pathname)?.[1]));
  if (old === undefined || method !== 'PATCH') return undefined;
  const { title = old.title, body = old.body, state = old.state } = brought;
  return { status: 200, value: issueUrl(Object.assign(old, { title, body, state })) };
}

function page({ comments }: Pick<Held, 'comments'>, issue: number, query: URLSearchParams): unknown[] {
  return ofPage(
    comments.filter((each) => each.issue === issue),
    query,
  ).map(withUrl);
}

function ofPage<T>(all: readonly T[], query: URLSearchParams): T[] {
  const [size, number] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1)];
  return all.slice((number - 1) * size, number * size);
}

function withUrl<T extends { id: number; issue: number }>(comment: T): T & { html_url: string } {
  return { ...comment, html_url: `https://github.example/me/project/pull/${comment.issue}#issuecomment-${comment.id}` };
}
