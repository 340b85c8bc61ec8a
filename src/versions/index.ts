// The only door of the room: versions of the code under test, and where they are on disk.
export { checkOut } from './check-out.js';
export { codeDigest } from './code-digest.js';
export { treeDigest } from './tree-digest.js';
export { parseVersionSpec, VersionError, type VersionSpec } from './version-spec.js';
