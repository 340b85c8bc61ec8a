// What a session found: the processes of a command, and files over all of them.

/** How a process ended; both null where nobody could tell. */
export interface Ending {
  exitCode: number | null;
  signal: string | null;
}

/** A thread of a node process that was profiled from inside. */
export interface SessionThread {
  /** 0 for the main thread; others are workers. */
  thread: number;
  /** The thread as the kernel and perf number it. */
  kernelThread?: number;
  /** Paths by kind: `cpuprofile`, `heapprofile`; none where it was killed. */
  files: Record<string, string>;
  /** Samples of the CPU profile in which something ran. */
  samples?: number;
  /** Bytes that the profile of allocations stands for. */
  allocatedBytes?: number;
  /** Samples that perf took of it. */
  perfSamples?: number;
  trouble?: string;
}

/** A process of the command. What nobody could see is absent. */
export interface SessionProcess {
  pid: number;
  parent?: number;
  /** Words of the command, or the kernel's name of the program where it was too short-lived for more. */
  command: string[];
  /** `node` was profiled from inside; `not-followed` is a node that was not; `program` is anything else. */
  kind: 'node' | 'not-followed' | 'program';
  ending: Ending;
  wallNs?: number;
  /** User and system time of the process itself, not of its children. */
  cpuNs?: number;
  peakRssBytes?: number;
  threads: SessionThread[];
  /** Samples that perf took of all its threads. */
  perfSamples?: number;
  /** Why less is known than could be, in a sentence. */
  remark?: string;
}

/** What looking cost, as far as it can be told apart. */
export interface SessionOverhead {
  /** Time that threads spent in starting profilers and writing profiles, milliseconds, all together. */
  hookMs: number;
  /** Processor time of V8's threads that process samples, milliseconds. */
  profilerMs: number;
  /** Processor time of perf, milliseconds; absent where it did not run. */
  perfMs?: number;
}

/** A profile over all processes. */
export interface SessionView {
  engine: 'cpu' | 'alloc' | 'flame';
  /** Paths by kind: `flame`, `folded`, `speedscope`. */
  files: Record<string, string>;
  samples: number;
  /** Nanoseconds between samples of time. */
  intervalNs?: number;
  /** Bytes between samples of allocations. */
  intervalBytes?: number;
  /** The threads in it, as it names them. */
  threads: string[];
}

/** What `session.json` holds. */
export interface Session {
  version: 1;
  command: string[];
  startedAt: string;
  wallNs: number;
  /** How the command itself ended. */
  ending: Ending;
  /** Folder of all files; their paths are relative to it. */
  folder: string;
  processes: SessionProcess[];
  views: SessionView[];
  overhead: SessionOverhead;
  /** Engines that left nothing, and why. */
  failures: { engine: string; message: string }[];
  /** What the session cannot show, in sentences. */
  notes: string[];
}
