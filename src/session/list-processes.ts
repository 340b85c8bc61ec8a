// The table of a session: what threads told, what was seen from outside, and what perf recorded, put together.
import { withoutGate } from './command.js';
import type { Ending, SessionProcess } from './session.js';
import type { ThreadLines } from './thread-lines.js';
import type { SeenProcess } from './watch-processes.js';

/** A process of perf's recording. */
export interface RecordedProcess {
  pid: number;
  parent?: number | undefined;
  name: string;
  startNs?: number | undefined;
  endNs?: number | undefined;
}

/** All that is known of the processes of a command. */
export interface Sightings {
  /** The process that was started; its ending is known from outside. */
  root: { pid: number; ending: Ending };
  threads: readonly ThreadLines[];
  seen: readonly SeenProcess[];
  recorded: readonly RecordedProcess[];
}

/** The kernel's name of node, of which newer lines name the thread. */
const NODE = /^(node|nodejs|MainThread|node-MainThread)$/;
/** `worker.terminate()`, and the end of the process, stop a worker without its `exit` event. */
const TERMINATED = 'no profile: the worker was terminated before it could write one';
const UNKNOWN: Ending = { exitCode: null, signal: null };

/**
 * The processes of a command, in the order in which they began.
 *
 * Who told of itself is a followed node, whatever else was seen of it. Processes are told apart by their ids: a session
 * in which the kernel gives an id twice shows the later one.
 */
export function listProcesses(sightings: Sightings): SessionProcess[] {
  const pids = new Set([
    ...sightings.threads.map(({ start }) => start.pid),
    ...sightings.seen.map(({ pid }) => pid),
    ...sightings.recorded.map(({ pid }) => pid),
    ...sightings.threads.flatMap(({ children }) => children.map(({ pid }) => pid)),
  ]);
  const all = [...pids].map((pid) => describe(pid, sightings));
  return all.sort((a, b) => a.beganNs - b.beganNs).map(({ process }) => process);
}

function describe(pid: number, sightings: Sightings): { process: SessionProcess; beganNs: number } {
  const told = sightings.threads.filter(({ start }) => start.pid === pid);
  const main = told.findLast(({ start }) => start.thread === 0);
  const seen = sightings.seen.findLast((each) => each.pid === pid);
  const recorded = sightings.recorded.find((each) => each.pid === pid);
  const child = sightings.threads.flatMap(({ children }) => children).findLast((each) => each.pid === pid);
  const ending = endingOf(pid, main, sightings);
  const began = recorded?.startNs ?? main?.start.startNs ?? seen?.firstNs ?? Number.POSITIVE_INFINITY;
  const ended = recorded?.endNs ?? main?.end?.endNs ?? (seen?.alive ? undefined : seen?.lastNs);
  const isNode = NODE.test(seen?.program || recorded?.name || (child?.file.split('/').at(-1) ?? ''));
  const kind = main !== undefined ? 'node' : isNode ? 'not-followed' : 'program';
  const remark = remarkOf({ kind, main, ending, alive: seen?.alive ?? false });
  const process: SessionProcess = {
    pid,
    ...optional('parent', main?.start.parent ?? recorded?.parent ?? seen?.parent),
    command: withoutGate(main?.start.command ?? seen?.command ?? [recorded?.name || child?.file || '?']),
    kind,
    ending,
    ...optional('wallNs', ended === undefined || began > ended ? undefined : ended - began),
    ...optional('cpuNs', main?.end?.cpuNs ?? seen?.cpuNs),
    ...optional('peakRssBytes', main?.end?.peakRssBytes ?? (seen?.peakRssBytes || undefined)),
    threads: told.map(({ start, end, trouble }) => ({
      thread: start.thread,
      ...optional('kernelThread', start.kernelThread),
      files: end?.files ?? {},
      ...optional('trouble', trouble[0] ?? (start.thread > 0 && end === undefined ? TERMINATED : undefined)),
    })),
    ...optional('remark', remark),
  };
  return { process, beganNs: began };
}

/** The command's own ending is known; others tell of themselves, or their parent does if it is a followed node. */
function endingOf(pid: number, main: ThreadLines | undefined, { root, threads }: Sightings): Ending {
  if (pid === root.pid) return root.ending;
  const byParent = threads.flatMap(({ childEnds }) => childEnds).findLast((each) => each.pid === pid);
  const known = byParent ?? main?.end;
  return known === undefined ? UNKNOWN : { exitCode: known.exitCode, signal: known.signal };
}

function remarkOf(known: {
  kind: SessionProcess['kind'];
  main: ThreadLines | undefined;
  ending: Ending;
  alive: boolean;
}): string | undefined {
  const { kind, main, ending, alive } = known;
  if (kind === 'not-followed')
    return 'not followed: it was started without the NODE_OPTIONS of the session, or ended before it read them';
  if (kind === 'program' || main?.end !== undefined) return undefined;
  if (alive) return 'no profile: it was still running when the command ended';
  return `no profile: it was ${ending.signal ? `killed with ${ending.signal}` : 'killed or crashed'} before it could write one`;
}

function optional<K extends string, V>(key: K, value: V | undefined): { [Name in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [Name in K]?: V });
}
