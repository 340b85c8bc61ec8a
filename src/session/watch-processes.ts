// The processes below a command, seen from outside: also those that are no node, and those that are killed.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

const EVERY_MS = 50;
/** Linux counts processor time in hundredths of a second wherever it tells it to programs. */
const NS_PER_TICK = 1e7;

/** What was last seen of a process. */
export interface SeenProcess {
  pid: number;
  parent: number;
  command: string[];
  /** Name of the program's file; empty where it is hidden. */
  program: string;
  firstNs: number;
  lastNs: number;
  cpuNs: number;
  peakRssBytes: number;
  /** False once it was gone. */
  alive: boolean;
}

/**
 * Looks twenty times a second at a process and all below it.
 *
 * @returns a function that looks once more, ends it, and gives what was seen
 * @example
 * const stop = watchProcesses(child.pid);
 * const seen = stop();
 */
export function watchProcesses(root: number): () => SeenProcess[] {
  const seen = new Map<string, SeenProcess>();
  const living = new Set([root]);
  const look = () => {
    const now = Number(process.hrtime.bigint());
    for (const each of seen.values()) each.alive = false;
    // A set visits what is added meanwhile; who lost its parent is still known by its own id.
    for (const pid of living) {
      const found = readProcess(pid, now);
      if (found === undefined) {
        living.delete(pid);
        continue;
      }
      // The kernel gives ids again, but no two at the same moment of its clock.
      const key = `${pid} ${found.startTicks}`;
      const first = seen.get(key)?.firstNs ?? now;
      seen.set(key, { ...found.process, firstNs: first });
      for (const child of childrenOf(pid)) living.add(child);
    }
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    look();
    return [...seen.values()];
  };
}

function readProcess(pid: number, now: number): { process: SeenProcess; startTicks: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may contain anything; fields are counted from behind it, beginning with the state.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    return {
      startTicks: fields[19] as string,
      process: {
        pid,
        parent: Number(fields[1]),
        command: words.length > 1 ? words.slice(0, -1) : [name],
        program: programOf(pid),
        firstNs: now,
        lastNs: now,
        cpuNs: (Number(fields[11]) + Number(fields[12])) * NS_PER_TICK,
        peakRssBytes: Number(peak ?? 0) * 1024,
        alive: true,
      },
    };
  } catch {
    return undefined;
  }
}

function programOf(pid: number): string {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return '';
  }
}

/** Processes that any thread of this one has started. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}
