// The API of GitHub: Octokit, which waits where GitHub asks for it and tries again what failed in passing.
import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';

/** A client of the API. */
export type GithubApi = Pick<Octokit, 'request'>;

const Client = Octokit.plugin(retry, throttling);

/** A job is paid by the minute; what takes longer than this is left to the next run. */
const MOST_WAIT_SECONDS = 120;
const REQUEST_LIMIT_MS = 30_000;

/**
 * Opens the API.
 *
 * @param patienceMs the wait before the first retry of a failed request; later ones wait 4 and 9 times as long
 */
export function openGithubApi(
  { url, token }: { url: string; token: string | undefined },
  patienceMs = 1_000,
): GithubApi {
  const waits = (seconds: number, _options: unknown, _octokit: unknown, retries: number) =>
    retries < 2 && seconds <= MOST_WAIT_SECONDS;
  const client = new Client({
    baseUrl: url,
    ...(token !== undefined && { auth: token }),
    userAgent: 'forgebench',
    retry: { retryAfterBaseValue: patienceMs },
    throttle: { onRateLimit: waits, onSecondaryRateLimit: waits },
    request: {
      fetch: (input: string, init: RequestInit) =>
        fetch(input, { ...init, signal: AbortSignal.timeout(REQUEST_LIMIT_MS) }),
    },
    // What goes wrong is said once, by whoever asked.
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  // Whether a request has made something before it failed, nobody knows: a second one would make it twice.
  client.hook.before('request', (options) => {
    if (options.method === 'POST') options.request = { ...options.request, retries: 0 };
  });
  return client;
}
