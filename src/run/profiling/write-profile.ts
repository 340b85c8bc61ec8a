// What every engine that samples stacks leaves: the model itself, its hotspots, and the formats that were asked for.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  modelViews,
  PROFILE_FORMATS,
  type Profile,
  ProfileError,
  type ProfileFormatName,
  writeViews,
} from '../../profile/index.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';

/** What the profile is of, and the engine's part of the names of files. */
export interface ProfileWork {
  job: ProfileJob;
  options: ProfileOptions;
  /** Stands before the names of the files. */
  prefix?: string;
}

/** Names of what was written by kind, and why a format is missing. */
export interface WrittenProfile {
  files: Record<string, string>;
  warning?: string;
}

/**
 * Writes `profile.json`, `hotspots.md` and a file for each format of the options. A format that cannot hold this profile,
 * such as bytes in a profile of time, is left out with a warning.
 */
export function writeProfile(profile: Profile, { job, options, prefix = '' }: ProfileWork): WrittenProfile {
  const files = writeViews(job.folder, modelViews(profile, job.case.id), prefix);
  const refused: string[] = [];
  for (const format of options.formats ?? []) {
    const { ending } = PROFILE_FORMATS[format];
    try {
      const name = `${prefix}profile${ending}`;
      writeFileSync(join(job.folder, name), formatted(profile, format, { job, options }));
      files[format] = name;
    } catch (error) {
      if (!(error instanceof ProfileError)) throw error;
      refused.push(error.message);
    }
  }
  return { files, ...(refused.length > 0 && { warning: `${refused.join('. ')}.` }) };
}

function formatted(profile: Profile, format: ProfileFormatName, { job, options }: ProfileWork): string | Uint8Array {
  return PROFILE_FORMATS[format].write(profile, { title: job.case.id, client: options.flameClient });
}
