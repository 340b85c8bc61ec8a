// cachegrind: how often memory is not in an imitated cache.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatPercent } from '../../units/index.js';
import { readBounded } from './bounded-file.js';
import { type FunctionCosts, readFunctionCosts, topFunctions } from './function-costs.js';
import { valgrindEngine } from './valgrind.js';

const FILE = 'cachegrind.out';
const NAMED = 3;

/** Writes `cachegrind.out`, for cg_annotate and kcachegrind. */
export const cachegrind = valgrindEngine({
  name: 'cachegrind',
  about: 'misses of an imitated cache by function (Rust, needs valgrind)',
  arguments: ['--cache-sim=yes', `--cachegrind-out-file=${FILE}`],
  read({ cwd, job }) {
    const costs = readFunctionCosts(readBounded(join(cwd, FILE)));
    copyFileSync(join(cwd, FILE), join(job.folder, FILE));
    return {
      files: { cachegrind: FILE },
      finding: missRates(costs),
      blind:
        'It imitates two levels of cache, of the sizes that this processor tells, and sees start-up, set-up and inputs too.',
    };
  },
});

function missRates(costs: FunctionCosts): string {
  const count = (event: string) => costs.totals[costs.events.indexOf(event)] ?? 0;
  const accesses = count('Dr') + count('Dw');
  if (accesses === 0) throw new Error('Cachegrind has counted nothing; try "valgrind --tool=cachegrind true"');
  const share = (misses: number, of: number) => (of === 0 ? '0 %' : `${((misses / of) * 100).toFixed(2)} %`);
  const missed = costs.events.indexOf('D1mr');
  const top = topFunctions(costs, missed, NAMED).map(
    ({ name, cost }) => `${name} ${formatPercent(cost / Math.max(1, count('D1mr')))}`,
  );
  return [
    `Missed the first cache: ${share(count('I1mr'), count('Ir'))} of instructions, ${share(count('D1mr') + count('D1mw'), accesses)} of data;`,
    `the last one: ${share(count('ILmr'), count('Ir'))} and ${share(count('DLmr') + count('DLmw'), accesses)}.`,
    `Most misses of reads in ${top.join(', ')}.`,
  ].join(' ');
}
