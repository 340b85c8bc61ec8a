// A profile that somebody names on the command line.
import { readFileSync, statSync } from 'node:fs';
import {
  type ImportedProfile,
  importProfile,
  mapSources,
  PROFILE_FORMATS,
  type ProfileFormatName,
  UNITS,
} from '../profile/index.js';
import { suggest } from '../units/index.js';
import { PROGRAM_FOLDER } from './page-assets.js';
import { UsageError } from './usage-error.js';

/** Names of all formats that are written. */
export const FORMAT_NAMES = Object.keys(PROFILE_FORMATS) as ProfileFormatName[];

/** Bytes above which no file is loaded, compressed or not. */
const MOST_BYTES = 512e6;

/**
 * Reads a file, or standard input for `-`, in whatever format it is; functions of transpiled files get the place that a
 * person wrote, where the source maps are on this machine.
 *
 * @throws UsageError where there is no such file
 * @throws ProfileError where it is no profile
 */
export function readProfileFile(path: string, unit: string | undefined): ImportedProfile {
  const known = UNITS.find((each) => each === unit);
  if (unit !== undefined && known === undefined)
    throw new UsageError(`Cannot take weights for "${unit}": the units are ${UNITS.join(', ')}`);
  const { format, profile } = importProfile(readBytes(path), {
    ownFolders: [PROGRAM_FOLDER],
    ...(known !== undefined && { unit: known }),
  });
  return { format, profile: mapSources(profile) };
}

function readBytes(path: string): Buffer {
  if (path === '-') return readFileSync(0);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`Cannot read "${path}": it does not exist; check the path`);
  if (found.isDirectory()) throw new UsageError(`Cannot read "${path}": it is a folder; name a file in it`);
  if (found.size > MOST_BYTES)
    throw new UsageError(
      `Cannot read "${path}": it has ${Math.round(found.size / 1e6)} MB, and ${MOST_BYTES / 1e6} can be read at once; profile for a shorter time`,
    );
  return readFileSync(path);
}

/**
 * Reads `--format pprof,firefox` or `--to pprof`.
 *
 * @throws UsageError for a name that is no format
 */
export function parseFormats(text: string): ProfileFormatName[] {
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names)].map((name) => {
    const found = FORMAT_NAMES.find((each) => each === name);
    if (found !== undefined) return found;
    const meant = suggest(name, FORMAT_NAMES);
    const hint = meant === undefined ? '' : `did you mean ${meant}? `;
    throw new UsageError(`Cannot write "${name}": ${hint}the formats are ${FORMAT_NAMES.join(', ')}`);
  });
}
