// The only door of the room: versions of the code under test, and where they are on disk.
export { checkOut } from './check-out.js';
export { codeDigest } from './code-digest.js';
export { type Commit, type CommitRange, commitsBetween } from './commits.js';
export {
  type BuildHooks,
  type CrateAddon,
  type CrateChoice,
  findSubjects,
  openCrates,
} from './crates/crate-version.js';
export { type NewRelease, newReleases } from './crates/new-releases.js';
export { CRATES_INDEX } from './crates/registry-index.js';
export { treeDigest } from './tree-digest.js';
export { parseVersionSpec, VersionError, type VersionSpec } from './version-spec.js';
