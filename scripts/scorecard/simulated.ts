// Series that are made: how quick and how quiet each rule is.
import type { Found, SeriesRule } from './series-rules.js';
import { NOISES, type Noise, simulate } from './simulate.js';
import type { Cell, Section, Table } from './table.js';
import { type Share, shareOf } from './tally.js';

/** Points of a series without a step. */
const NULL_COUNT = 200;
/** Where a series steps up, by how many standard deviations, and how many points follow. */
const STEP = { index: 50, deviations: 3 };
const LATER = [3, 5, 10];
/** Points by which a found step may be misplaced. */
const MISPLACED = 2;
/** From how many points on a growing series is read, and how many follow its step at most. */
const GROWING_FROM = 30;
const GROWING_LATER = 30;

/** Spreads seeds over all numbers of 32 bits (Knuth's golden ratio). */
const SPREAD = 0x9e3779b1;

/** How many series each rule is given. */
interface Counts {
  once: number;
  growing: number;
}

/** Scores all rules on simulated series. */
export function scoreSimulated(rules: readonly SeriesRule[], { quick }: { quick: boolean }): Section {
  const counts = (rule: SeriesRule): Counts => {
    const full = rule.isSlow ? { once: 100, growing: 6 } : { once: 20_000, growing: 300 };
    return quick ? { once: full.once / 10, growing: full.growing / 6 } : full;
  };
  return {
    title: 'Simulated series',
    text: [
      `Noise of 5 % around 100: normal; spiky (2 % of the points are 1.3 times as high); with autocorrelation 0.5. A step is ${STEP.deviations} standard deviations up after ${STEP.index} points. Slow packages are given fewer series, which their standard errors show.`,
      rules.map(({ name, source }) => `**${name}**: ${source}.`).join(' '),
    ],
    tables: [
      nullTable(rules, (rule) => counts(rule).once),
      stepTable(rules, (rule) => counts(rule).once),
      growingNullTable(rules, (rule) => counts(rule).growing),
      growingStepTable(rules, (rule) => counts(rule).growing),
    ],
  };
}

function nullTable(rules: readonly SeriesRule[], count: (rule: SeriesRule) => number): Table {
  const row = (rule: SeriesRule) => (noise: Noise) =>
    shareOf(rule.find(many(count(rule), noise, NULL_COUNT)).map((found) => found.length > 0));
  return {
    caption: `Series of ${NULL_COUNT} points without a step, read once: share in which a rule reports any change:`,
    head: ['rule', ...NOISES],
    rows: rules.map((rule): Cell[] => [rule.name, ...NOISES.map(row(rule))]),
  };
}

function stepTable(rules: readonly SeriesRule[], count: (rule: SeriesRule) => number): Table {
  const columns = NOISES.flatMap((noise) => LATER.map((later) => ({ noise, later })));
  const share = (rule: SeriesRule, { noise, later }: { noise: Noise; later: number }): Share =>
    shareOf(rule.find(many(count(rule), noise, STEP.index + later, STEP)).map(isFound));
  return {
    caption: `Series with a step, read once so many points later: share in which it is found within ${MISPLACED} points:`,
    head: ['rule', ...columns.map(({ noise, later }) => `${noise}, ${later}`)],
    rows: rules.map((rule): Cell[] => [rule.name, ...columns.map((column) => share(rule, column))]),
  };
}

function growingNullTable(rules: readonly SeriesRule[], count: (rule: SeriesRule) => number): Table {
  const row = (rule: SeriesRule) => (noise: Noise) =>
    shareOf(
      readGrowing(rule, many(count(rule), noise, NULL_COUNT), GROWING_FROM).map((readings) =>
        readings.some((found) => found.length > 0),
      ),
    );
  return {
    caption: `Series without a step that grow from ${GROWING_FROM} to ${NULL_COUNT} points and are read after each: share in which a rule ever reports a change:`,
    head: ['rule', ...NOISES],
    rows: rules.map((rule): Cell[] => [rule.name, ...NOISES.map(row(rule))]),
  };
}

function growingStepTable(rules: readonly SeriesRule[], count: (rule: SeriesRule) => number): Table {
  const cell = (rule: SeriesRule) => (noise: Noise) =>
    describeDelays(
      readGrowing(rule, many(count(rule), noise, STEP.index + GROWING_LATER, STEP), STEP.index + 1).map((readings) => {
        const first = readings.findIndex(isFound);
        return first === -1 ? Number.POSITIVE_INFINITY : first + 1;
      }),
    );
  return {
    caption: `Series with a step that are read after each further point: the median delay in points, and the share found within 5/10/20:`,
    head: ['rule', ...NOISES],
    rows: rules.map((rule): Cell[] => [rule.name, ...NOISES.map(cell(rule))]),
  };
}

/** All readings of each series, in one call of the rule. */
function readGrowing(rule: SeriesRule, all: readonly number[][], from: number): Found[][][] {
  const readings = all.map((series) => prefixes(series, from));
  const found = rule.find(readings.flat()).values();
  return readings.map((each) => each.map(() => found.next().value as Found[]));
}

function describeDelays(delays: readonly number[]): string {
  const middle = [...delays].sort((one, other) => one - other)[Math.floor(delays.length / 2)] as number;
  const shares = [5, 10, 20].map((later) => delays.filter((delay) => delay <= later).length / delays.length);
  const text = Number.isFinite(middle) ? middle : `> ${GROWING_LATER}`;
  return `${text} (${shares.map((share) => share.toFixed(2).replace(/^0/, '')).join('/')})`;
}

function isFound(found: readonly Found[]): boolean {
  return found.some(({ index }) => Math.abs(index - STEP.index) <= MISPLACED);
}

function many(trials: number, noise: Noise, count: number, step?: typeof STEP): number[][] {
  return Array.from({ length: trials }, (_, seed) =>
    simulate({ noise, count, seed: Math.imul(seed + 1, SPREAD), ...(step !== undefined && { step }) }),
  );
}

/** The series as it was after each point from the given number on. */
export function prefixes(series: readonly number[], from: number): number[][] {
  return Array.from({ length: Math.max(0, series.length - from + 1) }, (_, more) => series.slice(0, from + more));
}
