// The processes of a session as text: a tree with what each used.
import { counted, formatBytes, formatCount, formatNs, MISSING } from '../units/index.js';
import { inTreeOrder } from './in-tree-order.js';
import type { Ending, Session, SessionProcess } from './session.js';

const HEAD = ['pid', 'exit', 'wall', 'CPU', 'peak RSS', 'samples', 'perf', 'command'];
const COMMAND_AT = HEAD.length - 1;
/** A table of more rows is not read. */
const ROWS = 40;

/**
 * The processes of a session, children below their parents.
 *
 * @param width columns of the terminal; commands are cut there
 * @returns lines without a newline at the end
 */
export function toTable({ processes }: Session, width: number): string {
  const ordered = inTreeOrder(processes);
  const rows = ordered.slice(0, ROWS).map(({ process, depth }) => row(process, depth));
  const widths = HEAD.map((name, at) => Math.max(name.length, ...rows.map((cells) => (cells[at] as string).length)));
  const lines = [HEAD, ...rows].map((cells) =>
    cells
      .map((cell, at) => (at === COMMAND_AT ? cell : cell.padStart(widths[at] as number)))
      .join('  ')
      .slice(0, width),
  );
  const left = ordered.length - ROWS;
  return [...lines, ...(left > 0 ? [`… and ${left} more in session.json`] : [])].join('\n');
}

function row(process: SessionProcess, depth: number): string[] {
  const { pid, ending, wallNs, cpuNs, peakRssBytes, perfSamples, threads, command } = process;
  const samples = threads.flatMap((thread) => thread.samples ?? []);
  const text = command.join(' ').replaceAll(/\s+/g, ' ');
  const workers = threads.filter(({ thread }) => thread > 0).length;
  return [
    String(pid),
    endingText(ending),
    wallNs === undefined ? MISSING : formatNs(wallNs),
    cpuNs === undefined ? MISSING : formatNs(cpuNs),
    peakRssBytes === undefined ? MISSING : formatBytes(peakRssBytes),
    samples.length === 0 ? MISSING : formatCount(samples.reduce((sum, each) => sum + each, 0)),
    perfSamples === undefined ? MISSING : formatCount(perfSamples),
    `${'  '.repeat(depth)}${text}${workers > 0 ? ` (+ ${counted(workers, 'worker')})` : ''}`,
  ];
}

/** The exit code, or the signal that ended it. */
export function endingText({ exitCode, signal }: Ending): string {
  return signal ?? (exitCode === null ? MISSING : String(exitCode));
}
