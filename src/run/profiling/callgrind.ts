// callgrind: instructions of an operation, and in which functions.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { importCallgrind } from '../../profile/index.js';
import { formatCount, formatPercent } from '../../units/index.js';
import { readBounded } from './bounded-file.js';
import { readFunctionCosts, topFunctions } from './function-costs.js';
import { sentences } from './profile-facts.js';
import { valgrindEngine } from './valgrind.js';
import { writeProfile } from './write-profile.js';

const FILE = 'callgrind.out';
const NAMED = 3;

/** Writes `callgrind.out`, for kcachegrind, callgrind_annotate and speedscope, and what each function costs as a profile. */
export const callgrind = valgrindEngine({
  name: 'callgrind',
  about: 'instructions of an operation by function, almost without noise (Rust, needs valgrind)',
  arguments: ['--instr-atstart=no', `--callgrind-out-file=${FILE}`],
  countsInRunner: true,
  read({ cwd, job, options, operations }) {
    const text = readBounded(join(cwd, FILE));
    const costs = readFunctionCosts(text);
    const [total = 0] = costs.totals;
    if (total === 0) throw new Error('Callgrind has counted nothing; try "valgrind --tool=callgrind true"');
    const top = topFunctions(costs, 0, NAMED).map(({ name, cost }) => `${name} ${formatPercent(cost / total)}`);
    copyFileSync(join(cwd, FILE), join(job.folder, FILE));
    const written = writeProfile({ ...importCallgrind(text), operations }, { job, options, prefix: 'callgrind.' });
    return {
      files: { callgrind: FILE, ...written.files },
      ...sentences('warning', [written.warning]),
      finding: `${formatCount(total / operations)} instructions per operation (${formatCount(operations)} operations); most in ${top.join(', ')}.`,
      blind: 'It counts the timed part of iterations on an imitated processor: instructions, not time.',
    };
  },
});
