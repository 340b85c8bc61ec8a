// Which process it was that wrote something, so that whoever reads it can tell whether it still runs.
import { readFileSync, readlinkSync } from 'node:fs';

/** A process beyond its number, which the kernel gives again. */
export interface ProcessIdentity {
  pid: number;
  /** When it began, in ticks since the system started (field 22 of `/proc/PID/stat`, proc(5)). */
  startTicks: number;
  /** The start of the system and the name space that the number belongs to: elsewhere it means another process. */
  system: string;
}

/** `elsewhere`: its number says nothing on this system. */
export type ProcessState = 'running' | 'ended' | 'elsewhere';

/** Fields of `/proc/PID/stat` after the name, counted from its state. */
const STATE = 0;
const START_TICKS = 19;

/**
 * This process.
 *
 * @example
 * const writer = identifyProcess();
 * stateOfProcess(writer); // 'running'
 */
export function identifyProcess(): ProcessIdentity {
  return { pid: process.pid, startTicks: Number(statOf(process.pid)?.[START_TICKS]), system: thisSystem() };
}

/** Whether a process runs; one that has ended and waits to be asked for its code does not. */
export function stateOfProcess({ pid, startTicks, system }: ProcessIdentity): ProcessState {
  if (system !== thisSystem()) return 'elsewhere';
  const stat = statOf(pid);
  const isIt = stat !== undefined && stat[STATE] !== 'Z' && Number(stat[START_TICKS]) === startTicks;
  return isIt ? 'running' : 'ended';
}

function thisSystem(): string {
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
}

/** The name stands in parentheses and may hold anything, parentheses among it. */
function statOf(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
  } catch {
    return undefined;
  }
}
