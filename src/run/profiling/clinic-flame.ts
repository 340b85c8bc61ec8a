// clinic flame: 0x's flame graph of JavaScript with clinic's page around it.
import { basename, join } from 'node:path';
import { readBoundedJson } from './bounded-file.js';
import { clinicEngine } from './clinic.js';

/** Writes `clinic-flame.html`. */
export const clinicFlame = clinicEngine({
  name: 'flame',
  about: 'flame graph of JavaScript from V8 ticks, with tiers and inlining',
  read(left) {
    const stacks = readBoundedJson(join(left, `${basename(left)}-samples`)) as unknown[][];
    const samples = stacks.filter((stack) => stack.length > 0).length;
    if (samples === 0) throw new Error('clinic flame saw no sample of the workload');
    return { samples, blind: 'It sees JavaScript alone, and start-up and set-up with it.' };
  },
});
