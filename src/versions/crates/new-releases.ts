// Releases of the crates under test that came after those that are pinned.
import { pinnedCrates } from './crate-version.js';
import { releasesOf } from './registry-index.js';

/** A crate under test, the version that is measured, and the newest one. */
export interface NewRelease {
  crate: string;
  pinned: string;
  newest: string;
}

/** Releases are three numbers; what comes before one (`1.0.0-beta`) is for those who ask for it. */
const RELEASE = /^\d+\.\d+\.\d+(?:\+[0-9A-Za-z.-]+)?$/;

/**
 * Crates under test of which a registry has something newer, by name.
 *
 * @param index the address of a sparse index
 * @param crates the versions that are measured, by name
 * @throws VersionError where it cannot be read
 */
export async function newReleases(
  index: string,
  crates: Readonly<Record<string, string>> = pinnedCrates(),
): Promise<NewRelease[]> {
  const found: NewRelease[] = [];
  for (const [crate, pinned] of Object.entries(crates).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const newest = newestOf(await releasesOf(crate, index));
    if (newest !== undefined && isNewer(newest, pinned)) found.push({ crate, pinned, newest });
  }
  return found;
}

/**
 * The newest of some versions; none where no release is among them.
 *
 * @example
 * newestOf(['0.9.0', '0.10.0', '1.0.0-beta']) // '0.10.0'
 */
export function newestOf(versions: readonly string[]): string | undefined {
  const releases = versions.filter((each) => RELEASE.test(each));
  return releases.sort((a, b) => (isNewer(a, b) ? -1 : 1))[0];
}

/** Of the same numbers a release is newer than what came before it. */
function isNewer(version: string, than: string): boolean {
  const [own, other] = [numbersOf(version), numbersOf(than)];
  const place = own.findIndex((number, index) => number !== other[index]);
  if (place < 0) return RELEASE.test(version) && !RELEASE.test(than);
  return (own[place] as number) > (other[place] ?? 0);
}

function numbersOf(version: string): number[] {
  return (/^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []).slice(1, 4).map(Number);
}
