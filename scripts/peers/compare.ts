// One row: equal output first, then both contestants in turns.
import type { Contestant } from './contestant.js';
import type { Measured, Row } from './row.js';

/** Samples of each contestant. */
export const ROUNDS = 15;

/** Bytes hardly scatter, and some peers take long to fill them. */
export const ROUNDS_OF_BYTES = 5;

/** The factor between two samples with its bounds, as the engine gives it. */
export type RatioShift = (
  base: Float64Array,
  head: Float64Array,
  deviations: number,
) => { ratio: number; low: number; high: number };

/** 95 % of a normal distribution lie within so many deviations. */
const DEVIATIONS = 1.96;

/** What takes part: this project's program, the peer's, and the statistics that compare them. */
export interface Match {
  ours: Pick<Contestant, 'prepare' | 'sample'>;
  theirs: Pick<Contestant, 'prepare' | 'sample'>;
  ratioShift: RatioShift;
}

/** Measures a row. Outputs that differ are reported and not timed. */
export async function compareRow(row: Row, { ours, theirs, ratioShift }: Match): Promise<Measured> {
  const input = row.input();
  const outputs = [await ours.prepare(row.does.ours, input), await theirs.prepare(row.does.theirs, input)] as const;
  if (!row.same(...outputs))
    return { row, ours: NaN, theirs: NaN, ratio: NaN, low: NaN, high: NaN, equalOutput: false };
  const seen = { ours: [] as number[], theirs: [] as number[] };
  const rounds = row.unit === 'bytes' ? ROUNDS_OF_BYTES : ROUNDS;
  for (let round = 0; round < rounds; round++) {
    // Who comes first alternates, so that a drift of the machine favours nobody.
    const turns = [
      async () => seen.ours.push(await ours.sample(row.unit)),
      async () => seen.theirs.push(await theirs.sample(row.unit)),
    ];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
  }
  const { ratio, low, high } = ratioShift(Float64Array.from(seen.ours), Float64Array.from(seen.theirs), DEVIATIONS);
  return { row, ours: median(seen.ours), theirs: median(seen.theirs), ratio, low, high, equalOutput: true };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const last = sorted.length - 1;
  return ((sorted[Math.floor(last / 2)] ?? NaN) + (sorted[Math.ceil(last / 2)] ?? NaN)) / 2;
}
