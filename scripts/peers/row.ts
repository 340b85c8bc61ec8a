// What a row of the comparison with other programs is, and what becomes of it.

/** Anything that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Where a peer's packages come from. */
export interface Peer {
  /** How people call it, such as `ruptures KernelCPD`. */
  name: string;
  /**
   * Python and JavaScript: a file, with an environment of its own. Rust: a folder with a manifest, which pins the packages
   * once more. Addon: such a folder with a library for Node.js, and `peer.mjs`, which opens it.
   */
  language: 'python' | 'javascript' | 'rust' | 'addon';
  /** What it is made of, pinned, such as `scipy==1.17.1` or `yjs@13.6.33`. */
  packages: readonly string[];
  /** JavaScript: which of the packages is the Node.js that runs the program, if not the one that is running. */
  runtime?: string;
  /** Its program in `scripts/peers/programs`. */
  program: string;
}

/** One workload that forgebench and a peer do. */
export interface Row {
  /** As in the goals, such as `S6`; rows of several peers share it. */
  id: string;
  peer: Peer;
  /** What is done, for people. */
  workload: string;
  /** What is compared: CPU time of one run where nothing is said, or the bytes that its output holds. */
  unit?: 'bytes';
  /** How often as fast, or as small, as the peer forgebench should be. */
  goal: number;
  /** Names of the workload in both programs. */
  does: { ours: string; theirs: string };
  /** What both work on; throws where the data is missing. */
  input(): Json;
  /** Whether both outputs mean the same. */
  same(ours: Json, theirs: Json): boolean;
}

/** What a row came to. */
export type Result = Measured | NotMeasured;

/** Both contestants ran. */
export interface Measured {
  row: Row;
  /** Medians: CPU time of one run in nanoseconds, or bytes. */
  ours: number;
  theirs: number;
  /** The peer's figure over ours, with its 95 % interval. */
  ratio: number;
  low: number;
  high: number;
  equalOutput: boolean;
}

/** At least one contestant did not run. */
export interface NotMeasured {
  row: Row;
  /** Why, as a sentence fragment: `not installed: …`. */
  missing: string;
}
