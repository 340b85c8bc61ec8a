// `forgebench doctor`: what this machine can and cannot measure, and how to fix it.
import Table from 'cli-table3';
import { type Probe, probeMachine } from '../../run/index.js';

const MARKS: Readonly<Record<Probe['status'], string>> = { ok: '✓', limited: '!', missing: '✗' };

/** Prints what was found; the exit code is 0, because a machine that cannot do all is no failure. */
export async function doctor(flags: { json?: boolean }): Promise<number> {
  const probes = probeMachine();
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(probes, null, 2)}\n`);
    return 0;
  }
  const table = new Table({
    head: ['', 'what', 'found', 'for', 'how to mend it'],
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: [3, 18, 34, 34, 44],
  });
  for (const { name, status, found, purpose, fix } of probes)
    table.push([MARKS[status], name, found, purpose, fix ?? '']);
  process.stdout.write(`${table.toString()}\n`);
  return 0;
}
