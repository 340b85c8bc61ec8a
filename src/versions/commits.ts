// The commits between two revisions, for people and for a search through them.
import { git } from './git.js';
import { VersionError } from './version-spec.js';

/** A commit as its author wrote it. */
export interface Commit {
  /** Full name. */
  hash: string;
  subject: string;
  author: string;
  /** When it was committed, ISO 8601. */
  date: string;
  /** How many parents it has; more than one where it merges a branch. */
  parents: number;
}

/** The good commit, and all after it up to the bad one. */
export interface CommitRange {
  good: Commit;
  /** The oldest first; the last one is the bad one. */
  after: Commit[];
}

/** Fields and commits are parted by what no subject holds: git makes one line of it, and a commit has no NUL. */
const FIELDS = ['%H', '%s', '%an', '%cI', '%P'].join('%x00');

/**
 * The commits after one revision up to another, along first parents: a merge counts as one step, since what it brings was
 * together only there.
 *
 * @param folder of a repository, or below one
 * @throws VersionError where a revision is unknown, or good is no ancestor of bad
 * @example
 * commitsBetween('.', 'v1.2', 'HEAD').after.at(-1)?.subject; // the newest commit's
 */
export function commitsBetween(folder: string, good: string, bad: string): CommitRange {
  const of = (revision: string) => (args: string[]) => git(folder, args, { folder, revision });
  const commitOf = (revision: string) =>
    of(revision)(['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`]);
  const [first, last] = [commitOf(good), commitOf(bad)];
  if (first === last) throw new VersionError(`Cannot bisect: "${good}" and "${bad}" are one commit; name two`);
  const base = of(bad)(['merge-base', first, last]);
  if (base !== first)
    throw new VersionError(
      base === last
        ? `Cannot bisect: "${good}" comes after "${bad}"; --good names the older revision, even where the change is for the better`
        : `Cannot bisect: "${good}" is no ancestor of "${bad}"; use --good ${base.slice(0, 12)}, where they parted`,
    );
  const log = (...args: string[]) =>
    of(bad)(['log', '--no-show-signature', `--format=${FIELDS}`, ...args])
      .split('\n')
      .map(readCommit);
  const [known] = log('--max-count=1', first) as [Commit];
  return { good: known, after: log('--reverse', '--first-parent', `${first}..${last}`) };
}

function readCommit(line: string): Commit {
  const [hash = '', subject = '', author = '', date = '', parents = ''] = line.split('\0');
  return { hash, subject, author, date, parents: parents === '' ? 0 : parents.split(' ').length };
}
