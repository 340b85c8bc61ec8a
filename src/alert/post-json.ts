// A request to an address that the user has named.
import { splitCredentials } from '../monitoring/index.js';
import { AlertError } from './alert-error.js';

/** A receiver that does not answer must not hold up the others, milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Posts JSON. Redirections are not followed: they would lead where nobody has named.
 *
 * @param address may name a user and a password, which go into a header
 * @param headers beside the type of content
 * @throws AlertError that does not show the address, which may be a secret
 */
export async function postJson(address: string, body: string, headers: Record<string, string> = {}): Promise<void> {
  const { url, authorization } = splitCredentials(address);
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'forgebench',
        ...(authorization !== undefined && { authorization }),
        ...headers,
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (error) {
    throw new AlertError(`${reasonOf(error as FetchError)}; the next call tries again`);
  }
  await response.body?.cancel();
  if (response.status >= 300 && response.status < 400)
    throw new AlertError(`it answered ${response.status}, a redirection, which is not followed; name its new address`);
  if (!response.ok)
    throw new AlertError(
      `it answered ${response.status}; ${response.status >= 500 ? 'the next call tries again' : 'check its address'}`,
    );
}

/** What `fetch` throws: the reason is its cause. */
interface FetchError extends Error {
  cause?: { code?: string } | undefined;
}

function reasonOf(error: FetchError): string {
  if (error.name === 'TimeoutError') return `it did not answer within ${PATIENCE_MS / 1000} s`;
  return `it could not be reached (${error.cause?.code ?? error.name})`;
}
