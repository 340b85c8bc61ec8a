// How a user names a version of the code under test.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/** A version as it is named on the command line; folders and files are absolute. */
export type VersionSpec =
  /** An addon that is built already. */
  | { kind: 'addon'; file: string }
  /** A folder as it is now. */
  | { kind: 'folder'; folder: string }
  /** A revision of the git repository that a folder is in. */
  | { kind: 'revision'; folder: string; revision: string }
  /** Versions in the registry of crates; `*` stands for every crate under test. */
  | { kind: 'registry'; pins: Readonly<Record<string, string>> };

/** A version cannot be used; the message says which, why, and what to do. */
export class VersionError extends Error {
  override name = 'VersionError';
}

const VERSION = /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.-]+)?$/;
const PIN = /^([a-z][a-z0-9_-]*)@(.+)$/;

/**
 * Reads a version: `0.7.0`, `crate@0.7.0` (several joined by commas), `path:DIR`, `git:DIR@REV` or `FILE.node`.
 *
 * @param root what relative paths are relative to
 * @throws VersionError where it is none of these, or names no folder or file
 * @example
 * parseVersionSpec('path:../moduforge-rs', '/home/me/bench'); // { kind: 'folder', folder: '/home/me/moduforge-rs' }
 */
export function parseVersionSpec(text: string, root: string): VersionSpec {
  if (text.startsWith('path:')) return { kind: 'folder', folder: existingFolder(text, resolve(root, text.slice(5))) };
  if (text.startsWith('git:')) return revision(text, root);
  if (text.endsWith('.node')) return { kind: 'addon', file: existingFile(text, resolve(root, text)) };
  if (VERSION.test(text)) return { kind: 'registry', pins: { '*': text } };
  const pins = text.split(',').map((pin) => PIN.exec(pin.trim()));
  if (pins.every((pin) => pin !== null && VERSION.test(pin[2] as string)))
    return { kind: 'registry', pins: Object.fromEntries(pins.map((pin) => [pin?.[1], pin?.[2]])) };
  throw new VersionError(
    `Cannot use the version "${text}": write 0.7.0, CRATE@0.7.0, path:DIR, git:DIR@REVISION or FILE.node`,
  );
}

/** Folders and revisions (`HEAD@{1}`) may both have an "@" in them: the longest folder that is there counts. */
function revision(text: string, root: string): VersionSpec {
  const rest = text.slice('git:'.length);
  const ends = [...rest.matchAll(/@/g)].map(({ index }) => index).reverse();
  for (const end of ends) {
    const folder = resolve(root, rest.slice(0, end));
    const name = rest.slice(end + 1);
    if (name !== '' && isFolder(folder)) return { kind: 'revision', folder, revision: name };
  }
  throw new VersionError(
    ends.length === 0
      ? `Cannot use the version "${text}": it names no revision; write git:DIR@REVISION, such as git:.@HEAD~1`
      : `Cannot use the version "${text}": there is no such folder; write git:DIR@REVISION, such as git:.@HEAD~1`,
  );
}

function existingFolder(text: string, folder: string): string {
  if (isFolder(folder)) return folder;
  throw new VersionError(`Cannot use the version "${text}": "${folder}" is no folder; check the path`);
}

function existingFile(text: string, file: string): string {
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  throw new VersionError(`Cannot use the version "${text}": "${file}" does not exist; build it, or check the path`);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
