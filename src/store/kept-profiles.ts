// Which files of a run's profiles are kept beside its figures.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RunRecord } from './run-record.js';
import type { StoredProfile } from './stored-run.js';

/** Those that explain a change later, and what `/metrics` says; pages are made of them, and snapshots of a heap are too large. */
const KEPT: readonly string[] = ['profile', 'folded', 'cpuprofile', 'metrics'];

/** A profile with the file that it is in. */
export interface KeptProfile {
  profile: StoredProfile;
  file: string;
}

/** The profiles of a run whose files are there. */
export function keptProfiles(record: RunRecord, folder: string): KeptProfile[] {
  return record.profiles.flatMap(({ caseId, engines }) =>
    engines.flatMap(({ engine, files }) =>
      Object.entries(files).flatMap(([kind, path]) => {
        const file = resolve(folder, path);
        if (!KEPT.includes(kind) || !existsSync(file)) return [];
        const content = readFileSync(file);
        const hash = createHash('sha256').update(content).digest('hex');
        return [{ profile: { caseId, engine, kind, hash, bytes: content.length }, file }];
      }),
    ),
  );
}
