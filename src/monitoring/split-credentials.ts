// User and password of an address, which `fetch` takes in a header alone.
import { unescape as decode } from 'node:querystring';

/** An address, and what its server is told of who asks. */
export interface SplitAddress {
  /** Without user and password. */
  url: URL;
  /** The value of the header `Authorization`; nothing where the address names nobody. */
  authorization: string | undefined;
}

/**
 * Takes user and password out of an address. A `%` that encodes nothing stands for itself.
 *
 * @throws TypeError where the text is no address
 * @example
 * splitCredentials('https://ada:secret@example.org/hook'); // { url: https://example.org/hook, authorization: 'Basic YWRhOnNlY3JldA==' }
 */
export function splitCredentials(address: string): SplitAddress {
  const url = new URL(address);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  if (username === '' && password === '') return { url, authorization: undefined };
  const login = `${decode(username)}:${decode(password)}`;
  return { url, authorization: `Basic ${Buffer.from(login).toString('base64')}` };
}
