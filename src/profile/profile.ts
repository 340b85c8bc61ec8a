// The one profile model: whatever engine saw it, a profile is samples of stacks of frames on threads.

/** All origins, as `Origin` has them. */
export const ORIGINS = [
  'user',
  'node_modules',
  'forgebench',
  'node',
  'v8',
  'gc',
  'rust',
  'native',
  'libc',
  'kernel',
  'unknown',
] as const;

/** Where the code of a frame comes from. */
export type Origin = (typeof ORIGINS)[number];

/** What weights are: time, memory, what callgrind counts, calls to an allocator, or nothing but how often a stack was seen. */
export const UNITS = ['nanoseconds', 'bytes', 'instructions', 'allocations', 'samples'] as const;

/** What the weights of a profile are. */
export type Unit = (typeof UNITS)[number];

/** A function as it stands in stacks; inlined ones are frames of their own. */
export interface Frame {
  /** Demangled name without JIT tier and position, such as `mf_model::node::Node::new`. */
  name: string;
  origin: Origin;
  /** Source file and line, or the library, where known. */
  file?: string;
  line?: number;
  /** Column of a JavaScript function in that line, from 1; it tells functions of a minified file apart. */
  column?: number;
  /** `interpreted`, `baseline`, `maglev` or `optimised`; only for JavaScript, and only where the profiler tells. */
  tier?: string;
  /** True for a frame that the compiler inlined into its caller. */
  inlined?: boolean;
}

/** One distinct stack, and how often it was seen. */
export interface Stack {
  /** Indices into `frames`, root first. */
  frames: number[];
  /** Weight in `unit`. */
  weight: number;
  /** Samples that it stands for; 0 where an engine counts instead of sampling. */
  samples: number;
  /** Calls to an allocator that it stands for, in a profile of allocations whose engine tells. */
  calls?: number;
}

/** What was seen of one thread. */
export interface ThreadProfile {
  name: string;
  id: number;
  /** Id of its process, where the profile may be of several. */
  process?: number;
  /** True for the thread that runs JavaScript. */
  javascript: boolean;
  stacks: Stack[];
}

/** What a profiler saw during one case, whichever engine it was. */
export interface Profile {
  /** What saw it: `perf`, `inspector-cpu` … */
  engine: string;
  unit: Unit;
  /** Sampling interval in `unit`; 0 where nobody says. */
  interval: number;
  /** Samples that the profiler had to drop; absent where it dropped none. */
  lost?: number;
  /** What the profile cannot show, in a sentence. */
  note?: string;
  /** Operations of the workload that ran while it was taken; absent where nobody counted them. */
  operations?: number;
  /** How it was captured, beyond engine and interval: what differs here is not compared frame by frame. */
  capture?: Record<string, string>;
  frames: Frame[];
  threads: ThreadProfile[];
}
