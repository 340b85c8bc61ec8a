// A workload as a plain node program, for tools that want to start one themselves: `node standalone.js REQUEST OUTCOME`.
// It ends by itself, because such tools write what they saw when the event loop is empty.
import { readFileSync, writeFileSync } from 'node:fs';
import { engine } from '../native/index.js';
import { failureOf } from './failure-of.js';
import { type LaunchOutcome, openWorkload } from './perform-launch.js';
import { readRequest } from './read-request.js';

/** Tools that sample by timers see nothing of a loop that never lets them fire. */
const TURN_EVERY_NS = 5e6;

/** Between the end of the workload and that of the process, milliseconds. The doctor would take more for waiting. */
const PATIENCE_MS = 100;

const [requestFile = '', outcomeFile = ''] = process.argv.slice(2);
engine().dieWithParent(process.ppid);
// Tools hide the exit code of what they watch.
process.once('exit', endedEarly);
const seen = await outcome();
process.off('exit', endedEarly);
writeFileSync(outcomeFile, JSON.stringify(seen));
setTimeout(endAnyway, PATIENCE_MS).unref();

/** What a workload has left open keeps the process alive: clinic is told of the end all the same, and 0x sees it. */
function endAnyway(): void {
  process.emit('beforeExit', 0);
  setTimeout(() => process.exit(), PATIENCE_MS);
}

function endedEarly(exitCode: number): void {
  const message = `The workload ended its process with exit code ${exitCode} before it was through`;
  const failed: LaunchOutcome = { status: 'failed', failure: { reason: 'crash', message, exitCode } };
  writeFileSync(outcomeFile, JSON.stringify(failed));
}

async function outcome(): Promise<LaunchOutcome> {
  try {
    const request = readRequest(readFileSync(requestFile, 'utf8'));
    const workload = await openWorkload(request);
    const span = await workload.run(request.measureNs, { turnEveryNs: TURN_EVERY_NS });
    return { status: 'ok', result: { kind: 'profile', ...span, files: {} } };
  } catch (error) {
    return { status: 'failed', failure: failureOf(error) };
  }
}
