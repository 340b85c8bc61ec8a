// A worker: one process, one launch. It reads a request from standard input and writes one outcome to descriptor 3.
// What the workload prints goes to standard output and never mixes with the wire (docs/wire.md).
import { readFileSync, writeSync } from 'node:fs';
import { engine } from '../native/index.js';
import { failureOf } from './failure-of.js';
import { type LaunchOutcome, performLaunch } from './perform-launch.js';
import { readRequest } from './read-request.js';

const STDIN = 0;
const WIRE = 3;
/** Given where `run` started this process itself; under a profiler the parent is another. */
const [expectedParent] = process.argv.slice(2).map(Number);

engine().dieWithParent(expectedParent ?? process.ppid);
// Not through `process.stdin`: Node's streams would touch standard error too and make it non-blocking, and Rust code
// that prints more than a pipe holds would panic.
const text = readFileSync(STDIN, 'utf8');
writeSync(WIRE, `${JSON.stringify(await outcome())}\n`);
// A workload may leave timers, sockets or threads behind; the launch is over all the same.
process.exit(0);

async function outcome(): Promise<LaunchOutcome> {
  try {
    return { status: 'ok', result: await performLaunch(readRequest(text)) };
  } catch (error) {
    return { status: 'failed', failure: failureOf(error) };
  }
}
