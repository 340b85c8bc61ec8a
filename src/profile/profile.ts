// The one profile model: whatever engine saw it, a profile is samples of stacks of frames on threads.

/** Where the code of a frame comes from. */
export type Origin =
  | 'user'
  | 'node_modules'
  | 'forgebench'
  | 'node'
  | 'v8'
  | 'gc'
  | 'rust'
  | 'native'
  | 'libc'
  | 'kernel'
  | 'unknown';

/** A function as it stands in stacks; inlined ones are frames of their own. */
export interface Frame {
  /** Demangled name without JIT tier and position, such as `mf_model::node::Node::new`. */
  name: string;
  origin: Origin;
  /** Source file and line, or the library, where known. */
  file?: string;
  line?: number;
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
  /** Samples that it stands for. */
  samples: number;
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
  unit: 'nanoseconds' | 'bytes';
  /** Sampling interval, nanoseconds (or bytes). */
  interval: number;
  /** Samples that the profiler had to drop; absent where it dropped none. */
  lost?: number;
  frames: Frame[];
  threads: ThreadProfile[];
}
