// Limits for what engines write: a tool that goes wild must fill neither the disk nor the memory.
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { formatBytes } from '../../units/index.js';

/** No engine writes a larger file: a recording of perf has 35 MB for each busy second of a core. */
const WRITE_LIMIT_BYTES = 2 ** 31;
/** Larger ones are not read: as text and as what it says they would take several times as much memory. */
const READ_LIMIT_BYTES = 256e6;
/** The unit of `ulimit -f` in a POSIX shell. */
const BLOCK_BYTES = 512;

/** Words before a program and its arguments, under which neither it nor what it starts can write a larger file. */
export const LIMITED_FILES: readonly string[] = [
  '/bin/sh',
  '-c',
  `ulimit -f ${WRITE_LIMIT_BYTES / BLOCK_BYTES} && exec "$@"`,
  'limited',
];

/** What happens to a program that writes more: a signal, or an error that Node.js and others make of it. */
export function ranIntoLimit(signal: string | null | undefined, output: string): string | undefined {
  if (signal !== 'SIGXFSZ' && !/EFBIG|File too large|SIGXFSZ/.test(output)) return undefined;
  return `wanted to write a file of more than ${formatBytes(WRITE_LIMIT_BYTES)}, which no engine may`;
}

/**
 * The text of a file that an engine has left.
 *
 * @throws Error where there is none, or far too much of it
 */
export function readBounded(file: string): string {
  const size = sizeOf(file);
  if (size > READ_LIMIT_BYTES)
    throw new Error(
      `Cannot read ${basename(file)}: it has ${formatBytes(size)}, and more than ${formatBytes(READ_LIMIT_BYTES)} are not read; profile for a shorter time`,
    );
  return readFileSync(file, 'utf8');
}

/**
 * What a file of JSON says that an engine has left.
 *
 * @throws Error where there is none, far too much of it, or a part
 */
export function readBoundedJson(file: string): unknown {
  const text = readBounded(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(
      `Cannot read ${basename(file)}: it is cut off or no JSON (${(error as Error).message}); profile again`,
    );
  }
}

/**
 * Refuses a file of JSON that was cut off, by its last character: whoever wants what is in it may have more memory.
 *
 * @throws Error where there is no such file, or only a part of it
 */
export function requireWhole(file: string): void {
  const last = Buffer.alloc(2);
  const size = sizeOf(file);
  const opened = openSync(file, 'r');
  readSync(opened, last, 0, last.length, Math.max(0, size - last.length));
  closeSync(opened);
  if (!last.toString('latin1').trimEnd().endsWith('}'))
    throw new Error(`Cannot use ${basename(file)}: it is cut off; profile again`);
}

function sizeOf(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined)
    throw new Error(`Cannot read ${basename(file)}: the engine has not written it; profile again`);
  return size;
}
