// The machine and the versions that figures belong to.

/** Everything that makes two runs comparable, or not. */
export interface Environment {
  cpu: { model: string; logicalCores: number; governor: string | null; turbo: boolean | null };
  memoryBytes: number;
  kernel: string;
  os: string;
  architecture: string;
  /** Limits of the control group, null where there are none. */
  cgroup: { cpus: number | null; memoryBytes: number | null };
  node: string;
  v8: string;
  /** The compiler that built the addons; asking the one that is installed now would take 60 ms, and might be wrong. */
  rustc: string | null;
  forgebench: string;
  /** Versions of the crates under test by name. */
  subjects: Record<string, string>;
  /** Commit of the working folder, with `-dirty` where it has changes. */
  commit: string | null;
  /** Hash of what each benchmark runs, by its id; absent in runs that were made before it was read. */
  binaries?: Record<string, string>;
  /** One-minute load average at the start. */
  load: number;
  /** Hash of the stable fields above: runs with different ones are never compared silently. */
  fingerprint: string;
}
