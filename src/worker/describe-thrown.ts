// What a workload threw, for a reader of the report.
import { withWrittenPlace } from './written-place.js';

/** Where this package's own code lies. */
const OWN = new URL('..', import.meta.url).href;

/**
 * What a workload threw and where, in one line; the frames of Node and of this package would only hide it.
 *
 * @example
 * describeThrown(new TypeError('no tree')) // 'TypeError: no tree at build (file:///benches/tree.mjs:12:9)'
 */
export function describeThrown(error: unknown): string {
  if (!(error instanceof Error)) return `The workload threw ${String(error)}`;
  const frame = error.stack
    ?.split('\n')
    .find((line) => /^\s+at .*(file:|\/)/.test(line) && !line.includes(OWN) && !line.includes('node:'));
  // Node tells the line of a syntax error to nobody but the terminal.
  const place = error instanceof SyntaxError && frame === undefined ? '; "node --check FILE" shows the line' : '';
  const where = frame === undefined ? place : ` ${withWrittenPlace(frame.trim())}`;
  return `${error.name}: ${error.message}${where}`;
}
