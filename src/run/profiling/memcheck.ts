// memcheck: memory that is used wrongly or lost.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatBytes, formatCount } from '../../units/index.js';
import { readBounded } from './bounded-file.js';
import { valgrindEngine } from './valgrind.js';

const LOG = 'valgrind.log';
const FILE = 'memcheck.txt';

/** Writes `memcheck.txt`. */
export const memcheck = valgrindEngine({
  name: 'memcheck',
  about: 'memory that is used wrongly or lost (Rust, needs valgrind)',
  arguments: ['--leak-check=full', '--show-leak-kinds=definite', '--errors-for-leak-kinds=none', '--num-callers=30'],
  read({ cwd, job, operations }) {
    const { errors, first, lostBytes } = readMemcheckLog(readBounded(join(cwd, LOG)));
    copyFileSync(join(cwd, LOG), join(job.folder, FILE));
    const warnings = [
      ...(errors === 0 ? [] : [`${formatCount(errors)} errors of memory, the first: ${first}.`]),
      ...(lostBytes === 0
        ? []
        : [`${formatBytes(lostBytes)} are definitely lost, ${formatBytes(lostBytes / operations)} per operation.`]),
    ];
    return {
      files: { memcheck: FILE },
      finding: `${formatCount(errors)} errors of memory, ${formatBytes(lostBytes)} definitely lost in ${formatCount(operations)} operations.`,
      ...(warnings.length > 0 && { warning: warnings.join(' ') }),
      blind:
        'It sees what these iterations did, and memory through the C library; an allocator of its own hides from it.',
    };
  },
});

/**
 * What a log of memcheck says at its end.
 *
 * @throws Error where it is cut off
 */
export function readMemcheckLog(log: string): { errors: number; first: string; lostBytes: number } {
  const summary = /ERROR SUMMARY: ([\d,]+) errors/.exec(log)?.[1];
  if (summary === undefined)
    throw new Error('Cannot read the log of memcheck: it is cut off before its summary; profile again');
  // Without any block in use there is no summary of leaks.
  const lost = /definitely lost: ([\d,]+) bytes/.exec(log)?.[1] ?? '0';
  const first =
    /^==\d+== ((?:Invalid|Use of|Conditional|Mismatched|Source and|Syscall|Jump|Illegal|Process) ?.*)$/m.exec(log)?.[1];
  return { errors: count(summary), first: first ?? 'see the log', lostBytes: count(lost) };
}

function count(text: string): number {
  return Number(text.replaceAll(',', ''));
}
