// The clock of JavaScript workloads, `CLOCK_MONOTONIC` as in Rust, and what reading it costs here.

/** What the clock can tell apart and what a pair of readings adds, nanoseconds. */
export interface ClockPrecision {
  readNs: number;
  resolutionNs: number;
}

const READS = 10_000;
let known: ClockPrecision | undefined;

/** Nanoseconds since an arbitrary start. */
export function nowNs(): number {
  return Number(process.hrtime.bigint());
}

/** Measures the clock with itself, once in a process; takes about 5 ms. */
export function clockPrecision(): ClockPrecision {
  known ??= measurePrecision();
  return known;
}

/** What a pair of readings adds to the time between them, nanoseconds. */
export function clockReadNs(): number {
  return clockPrecision().readNs;
}

function measurePrecision(): ClockPrecision {
  readDifferences(); // V8 compiles it meanwhile: a reading by the interpreter costs several times as much.
  const differences = readDifferences().sort((a, b) => a - b);
  return { readNs: differences[READS / 2] as number, resolutionNs: differences.find((each) => each > 0) ?? 1 };
}

function readDifferences(): number[] {
  const differences = new Array<number>(READS);
  const now = process.hrtime.bigint;
  for (let i = 0; i < READS; i++) {
    const start = now();
    differences[i] = Number(now() - start);
  }
  return differences;
}
