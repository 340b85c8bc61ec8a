// A server on this machine that speaks the part of GitHub's API that comments need.
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
  /** Method and path of each request, in order. */
  requests: string[];
  /** Taken one for each request, before it is looked at. */
  faults: Fault[];
  /** The commits of pull requests by number. */
  heads: Map<number, string>;
  close(): Promise<void>;
}

const LONGEST = 65_536;
const COMMENTS = /^\/repos\/me\/project\/issues\/(\d+)\/comments$/;
const COMMENT = /^\/repos\/me\/project\/issues\/comments\/(\d+)$/;
const PULL = /^\/repos\/me\/project\/pulls\/(\d+)$/;

/** Starts a server for the repository `me/project` that knows the token `secret`. */
export async function startGithub(): Promise<GithubServer> {
  const held: Omit<GithubServer, 'url' | 'close'> = { comments: [], requests: [], faults: [], heads: new Map() };
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

async function readBody(request: IncomingMessage): Promise<{ body?: string }> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? {} : (JSON.parse(text) as { body?: string });
}

interface Answer {
  status: number;
  value: unknown;
  headers?: Record<string, string>;
}

function answer(
  server: Omit<GithubServer, 'url' | 'close'>,
  { method, url = '', headers }: IncomingMessage,
  { body }: { body?: string },
): Answer {
  const { pathname, searchParams } = new URL(url, 'http://here');
  server.requests.push(`${method} ${pathname}`);
  const fault = server.faults.shift();
  if (fault) return { status: fault.status, value: { message: fault.message }, headers: fault.headers ?? {} };
  if (headers.authorization !== 'token secret') return { status: 401, value: { message: 'Bad credentials' } };
  const pull = PULL.exec(pathname);
  if (pull)
    return { status: 200, value: { number: Number(pull[1]), head: { sha: server.heads.get(Number(pull[1])) } } };
  if (body !== undefined && body.length > LONGEST)
    return { status: 422, value: { message: 'Validation Failed: body is too long (maximum is 65536 characters)' } };
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

function page({ comments }: Pick<GithubServer, 'comments'>, issue: number, query: URLSearchParams): unknown[] {
  const [size, number] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1)];
  const its = comments.filter((each) => each.issue === issue);
  return its.slice((number - 1) * size, number * size).map(withUrl);
}

function withUrl<T extends { id: number; issue: number }>(comment: T): T & { html_url: string } {
  return { ...comment, html_url: `https://github.example/me/project/pull/${comment.issue}#issuecomment-${comment.id}` };
}
