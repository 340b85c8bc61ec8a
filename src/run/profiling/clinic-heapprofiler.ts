// clinic heapprofiler: which JavaScript allocated what still lives at the end.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { importHeapProfile } from '../../profile/index.js';
import { readBounded } from './bounded-file.js';
import { clinicEngine } from './clinic.js';
import { profileFacts } from './profile-facts.js';

const FILE = 'clinic-heapprofiler.heapprofile';

/** Writes `clinic-heapprofiler.html` and `clinic-heapprofiler.heapprofile`. */
export const clinicHeapprofiler = clinicEngine({
  name: 'heapprofiler',
  about: 'flame graph of what JavaScript allocated and still holds at the end',
  read(left, job) {
    const facts = profileFacts(importHeapProfile(readBounded(left)));
    copyFileSync(left, join(job.folder, FILE));
    return {
      files: { heapprofile: FILE },
      ...facts,
      blind: 'It sees what still lives at the end, start-up with it; for what became garbage use alloc.',
    };
  },
});
