// massif: the C heap at its peak, and who had asked for it.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { importMassif } from '../../profile/index.js';
import { formatBytes, formatPercent } from '../../units/index.js';
import { readBounded } from './bounded-file.js';
import { profileFacts, sentences } from './profile-facts.js';
import { topSites } from './top-sites.js';
import { valgrindEngine } from './valgrind.js';
import { writeFlame } from './write-flame.js';

const FILE = 'massif.out';

/** Writes `massif.out` and the files of a flame graph of the heap at its peak. */
export const massif = valgrindEngine({
  name: 'massif',
  about: 'the heap of Rust and C at its peak, as a flame graph in bytes (Rust, needs valgrind)',
  arguments: [`--massif-out-file=${FILE}`, '--depth=60', '--threshold=0.5', '--detailed-freq=1000000'],
  read({ cwd, job, options, ended }) {
    const profile = importMassif(readBounded(join(cwd, FILE)));
    copyFileSync(join(cwd, FILE), join(job.folder, FILE));
    const total = profile.threads.flatMap(({ stacks }) => stacks).reduce((sum, { weight }) => sum + weight, 0);
    const top = topSites(profile).map(({ name, bytes }) => `${name} ${formatPercent(bytes / total)}`);
    // Its stacks are counted, not sampled.
    const { samples: _none, ...counted } = profileFacts(profile);
    const facts = {
      ...counted,
      finding: `The heap had ${formatBytes(total)} at its peak; most for ${top.join(', ')}.`,
      blind:
        'It sees memory through the C library, of start-up, set-up and inputs too; iterations hold inputs and outputs of a whole chunk.',
    };
    const recorder = `massif, ${ended.durationMs} ms`;
    const { files, warning } = writeFlame(profile, facts, { job, options, recorder, prefix: 'massif.' });
    return { files: { massif: FILE, ...files }, ...facts, ...sentences('warning', [warning]) };
  },
});
