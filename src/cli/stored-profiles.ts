// Profiles that a run, a baseline or a file has kept.
import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type ProfilesOfCase, seesMore } from '../explain/index.js';
import type { Profile } from '../profile/index.js';
import type { RunRecord } from '../store/index.js';
import { findStoredRun } from './find-stored-run.js';
import { readProfileFile } from './profile-file.js';
import type { StoreFlags } from './project-store.js';

/** Profiles of one side by case. */
export interface ProfilesOfSide {
  /** As the user named it. */
  name: string;
  /** Nothing where the side is a file. */
  record?: RunRecord;
  profiles: ReadonlyMap<string, ProfilesOfCase>;
}

const RUN_FILES: readonly string[] = ['run.json', 'base.json', 'head.json'];

/**
 * The profiles of a run or baseline, or the one of a file.
 *
 * @throws UsageError where there is none of that name, ProfileError where a file is no profile
 */
export async function profilesOf(name: string, flags: StoreFlags): Promise<ProfilesOfSide> {
  const path = resolve(name);
  if (isProfileFile(path)) return { name, profiles: new Map([[basename(path), [read(path)]]]) };
  const { record, folder } = await findStoredRun(process.cwd(), name, { action: 'Cannot compare', ...flags });
  return { name, record, profiles: profilesOfRun(record, folder) };
}

/** The profiles that a run has kept. */
export function profilesOfRun(record: RunRecord, folder: string): Map<string, ProfilesOfCase> {
  const profiles = new Map<string, ProfilesOfCase>();
  for (const { caseId, engines } of record.profiles) {
    const files = engines
      .toSorted(seesMore)
      .flatMap(({ files }) => (files.profile === undefined ? [] : [resolve(folder, files.profile)]))
      .filter((file) => existsSync(file));
    if (files.length > 0) profiles.set(caseId, files.map(read));
  }
  return profiles;
}

function read(path: string): Profile {
  return readProfileFile(path, undefined).profile;
}

function isProfileFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile() && !RUN_FILES.includes(basename(path));
}
