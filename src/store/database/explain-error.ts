// What a database says went wrong, as a sentence with a remedy.
import { StoreError } from '../store-error.js';

/** How a damaged file is replaced: the folders of runs hold all that it was filled from. */
const REFILL = 'move it away, and run "forgebench import .forgebench/runs", which fills a new one';

const SQLITE: Readonly<Record<string, string>> = {
  SQLITE_NOTADB: `the file is damaged or no database; ${REFILL}`,
  SQLITE_CORRUPT: `the file is damaged; ${REFILL}`,
  SQLITE_BUSY: 'another program has been writing to it for ten seconds; try again once it is done',
  SQLITE_LOCKED: 'another program has been writing to it for ten seconds; try again once it is done',
  SQLITE_FULL: 'the disk is full; free some space',
  SQLITE_READONLY: 'it is not writable; change its mode, or name another with --store',
  SQLITE_CANTOPEN: 'it cannot be opened; check the path and its mode',
  SQLITE_PERM: 'permission is denied; change its mode, or name another with --store',
  SQLITE_IOERR: 'its disk does not answer; check it with "dmesg"',
};

const POSTGRES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody answers there; start the server, or check host and port',
  ENOTFOUND: 'there is no host of that name; check the URL',
  EAI_AGAIN: 'the name of its host cannot be looked up; check the network',
  ETIMEDOUT: 'the server does not answer; check host, port and firewall',
  ECONNRESET: 'the connection was lost; try again',
  ENOENT: 'there is nothing at its path; check it, and that the server of a socket runs',
  '28P01': 'user or password is wrong; check the URL',
  '28000': 'the server lets this user in from nowhere here; check its pg_hba.conf',
  '3D000': 'the server has no such database; make it with "createdb"',
  '42501': 'this user may not do that; grant it the right to create in the database',
  '53100': "the server's disk is full; free some space",
  '53300': 'the server has no connection left; try again later',
  '57014': 'the server took longer than a minute; try again when it is less busy',
  '57P01': 'the server is going down; try again later',
  '57P03': 'the server is starting; try again in a moment',
};

/**
 * The error of a database as one of ours.
 *
 * @param action what failed, with the place: `Cannot read the store "forgebench.db"`
 */
export function explainError(action: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { code, message, errors } = error as Error & { code?: string; errors?: Error[] };
  // A host with several addresses fails once for each.
  if (code === undefined && errors?.[0] !== undefined) return explainError(action, errors[0]);
  const key = code ?? codeIn(message);
  // Extended codes of SQLite add to the plain ones: SQLITE_IOERR_WRITE.
  const sqlite = Object.keys(SQLITE).find((each) => key === each || key.startsWith(`${each}_`));
  const reason = (sqlite && SQLITE[sqlite]) ?? POSTGRES[key] ?? `${message}; ${unknownRemedy(key)}`;
  return new StoreError(`${action}: ${reason}`);
}

function unknownRemedy(key: string): string {
  if (key === 'EACCES' || key === 'EROFS') return 'change its mode, or name another with --store';
  return key === '' ? 'check that nobody else has changed it' : 'check the path, or name another with --store';
}

/** Some errors of the libraries have their code in the sentence alone. */
function codeIn(message: string): string {
  if (/Unable to open connection/.test(message)) return 'SQLITE_CANTOPEN';
  if (/not a database/.test(message)) return 'SQLITE_NOTADB';
  if (/malformed/.test(message)) return 'SQLITE_CORRUPT';
  if (/Connection terminated due to connection timeout|timeout exceeded when trying to connect/.test(message))
    return 'ETIMEDOUT';
  return /Connection terminated/.test(message) ? 'ECONNRESET' : '';
}
