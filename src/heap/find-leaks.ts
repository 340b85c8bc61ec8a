// Leaks: what grows with the iterations at every step, by slope and not by size.
import type { ClassSeries, HeapComparison, Holder } from './heap-comparison.js';
import { type NamingOptions, nameHolder } from './name-holder.js';

/** Version of `leaks.json`. */
export const LEAKS_VERSION = 1;

/** What one object gathers with every iteration. */
export interface Leak {
  /** The object that gathers it: `Map in cache (src/store.js:12)`. */
  holder: string;
  /** The way from the variable to what is gathered: `cache: Map → Entry`. */
  way: string;
  /** What it gathers, most bytes first. */
  gathered: Gathered[];
  bytesPerIteration: number;
}

/** Objects of one class that are gathered. */
export interface Gathered {
  name: string;
  objectsPerIteration: number;
  bytesPerIteration: number;
}

/** When the snapshots were taken, and how names are told. */
export interface LeakOptions extends NamingOptions {
  /** Iterations done at each snapshot. */
  iterations: readonly number[];
}

/** Fewer new objects in a step are told from V8's and Node's own housekeeping by nobody. */
const FEWEST_OBJECTS = 5;
/** Steps that differ by more than this factor are not proportional to the iterations. */
const UNEVEN = 2;
/** Storage grows ahead of need, half or twice as far at once, so steps of what it holds differ by more. */
const UNEVEN_STORAGE = 4;
/** Fewer objects for each iteration are storage that was replaced by larger one. */
const LEAST_OBJECTS = 0.01;
/** Storage that grows more slowly than a small number for each iteration is V8's own. */
const LEAST_STORAGE_BYTES = 4;

/**
 * Finds what grew with the iterations between all of the snapshots: new objects of a class and their number in all, or
 * the bytes of the storage behind arrays and maps. Code, feedback and other parts of V8 never count.
 *
 * @returns one leak for each object that gathers, most bytes first
 */
export function findLeaks({ classes }: HeapComparison, options: LeakOptions): Leak[] {
  const steps = options.iterations.slice(1).map((iterations, at) => iterations - (options.iterations[at] as number));
  const total = steps.reduce((sum, step) => sum + step, 0);
  const leaks = new Map<string, Leak>();
  for (const series of classes) {
    for (const holder of series.holders.filter((each) => isGathered(series, each, steps))) {
      const { text, way } = nameHolder(holder, options);
      const leak = leaks.get(text) ?? { holder: text, way, gathered: [], bytesPerIteration: 0 };
      const bytesPerIteration = bytesGathered(series, holder) / total;
      const objectsPerIteration = sum(holder.born) / total;
      const name = objectsPerIteration < LEAST_OBJECTS ? 'storage' : series.name;
      leak.gathered.push({ name, objectsPerIteration, bytesPerIteration });
      leak.bytesPerIteration += bytesPerIteration;
      leaks.set(text, leak);
    }
  }
  const byBytes = (a: { bytesPerIteration: number }, b: { bytesPerIteration: number }) =>
    b.bytesPerIteration - a.bytesPerIteration;
  return [...leaks.values()].map((leak) => ({ ...leak, gathered: leak.gathered.toSorted(byBytes) })).sort(byBytes);
}

function isGathered(series: ClassSeries, holder: Holder, steps: readonly number[]): boolean {
  if (series.kind === 'internal') return false;
  const born = rates(holder.born, steps);
  // A cache that replaces what it holds has new objects at every step too, but no more of them.
  const more = rates(differences(series.counts), steps);
  const enough = Math.min(...holder.born) >= FEWEST_OBJECTS;
  if (enough && isEven(born, UNEVEN) && Math.min(...more) >= Math.min(...born) / UNEVEN) return true;
  return series.kind === 'array' && isLargest(series, holder) && isStorageGathered(series, steps);
}

/** Numbers are no objects of their own: where they are gathered, only the storage of an array or a map grows. */
function isStorageGathered({ selfBytes }: ClassSeries, steps: readonly number[]): boolean {
  const grown = rates(differences(selfBytes), steps);
  return Math.min(...grown) >= LEAST_STORAGE_BYTES && isEven(grown, UNEVEN_STORAGE);
}

function isLargest({ holders }: ClassSeries, holder: Holder): boolean {
  return holders.every(({ selfBytes }) => selfBytes <= holder.selfBytes);
}

/** The storage of an array is replaced as it grows: what is new of it holds what is old too. */
function bytesGathered({ kind, selfBytes }: ClassSeries, holder: Holder): number {
  return kind === 'array' ? Math.min(holder.selfBytes, sum(differences(selfBytes))) : holder.selfBytes;
}

function isEven(values: readonly number[], factor: number): boolean {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least > 0 && most <= least * factor;
}

function rates(values: readonly number[], steps: readonly number[]): number[] {
  return values.map((value, at) => value / (steps[at] as number));
}

function differences(values: readonly number[]): number[] {
  return values.slice(1).map((value, at) => value - (values[at] as number));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
