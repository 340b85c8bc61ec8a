// The tables as the query layer sees them; docs/store.md explains each.
import type { Generated } from 'kysely';

/** Bytes as both databases take them; they come back as an ArrayBuffer or a Buffer. */
type Bytes = Uint8Array;

/** All tables by name. Rows of `figures` are many and narrow: three numbers of rows elsewhere and three values. */
export interface Tables {
  environments: { fingerprint: string; machine: string };
  runs: {
    number: Generated<number>;
    id: string;
    origin: string;
    started_at: string;
    finished_at: string | null;
    status: string;
    fingerprint: string;
    commit_id: string | null;
    load: number | null;
    forgebench: string | null;
    subjects: string;
    /** run.json, compressed by gzip; null for imported runs. */
    record: Bytes | null;
  };
  cases: { number: Generated<number>; id: string; benchmark: string };
  metrics: { number: Generated<number>; name: string; unit: string };
  /** Which cases a run has. */
  results: { run_number: number; case_number: number };
  figures: {
    case_number: number;
    metric_number: number;
    run_number: number;
    value: number;
    low: number | null;
    high: number | null;
  };
  launches: {
    run_number: number;
    /** Which launch of its case. */
    case_number: number;
    ordinal: number;
    position: number;
    kind: string;
    duration_ms: number | null;
    failure: string | null;
    median_ns: number | null;
    /** 32-bit floats, little endian, one for each sample. */
    samples: Bytes | null;
    latency: string | null;
  };
  targets: { run_number: number; case_number: number; ordinal: number; text: string; status: string };
  profiles: {
    run_number: number;
    ordinal: number;
    case_id: string;
    engine: string;
    kind: string;
    hash: string;
    bytes: number;
  };
  /** Contents of profiles where there is no folder for them; compressed by gzip. */
  contents: { hash: string; content: Bytes };
  baselines: { name: string; run_id: string; saved_at: string };
  verdicts: {
    run_number: number;
    case_number: number;
    base_id: string;
    verdict: string;
    ratio: number;
    low: number;
    high: number;
  };
  /** What people decided about changes. */
  triages: {
    case_id: string;
    metric: string;
    fingerprint: string;
    run_id: string;
    state: string;
    note: string;
    author: string;
    at: string;
    magnitude: number;
  };
  /** What was told to whom. */
  alerts: {
    case_id: string;
    metric: string;
    fingerprint: string;
    run_id: string;
    kind: string;
    channel: string;
    state: string;
    at: string;
    failure: string | null;
  };
  /** Runs that were removed. */
  removals: {
    run_id: string;
    started_at: string;
    commit_id: string | null;
    at: string;
    what: string;
    reason: string;
  };
}
