// What a heap gained between its first snapshot and its last, by constructor and by source.
import type { ClassKind, ClassSeries, HeapComparison } from './heap-comparison.js';
import { type NamingOptions, nameHolder } from './name-holder.js';

/** Version of `heapdiff.json`. */
export const HEAP_DIFFERENCE_VERSION = 1;

/** A figure before and after. */
export interface Change {
  before: number;
  after: number;
}

/** Objects of one constructor, functions of one place, or V8's own parts of one kind. */
export interface ClassDifference {
  name: string;
  kind: ClassKind;
  /** A package, a file, `Node.js`, `V8` or `forgebench`; `unknown` where neither constructor nor holder has a file. */
  source: string;
  /** Where the constructor or the function stands. */
  place?: string;
  count: Change;
  selfBytes: Change;
  /** Bytes that would go with them. */
  retainedBytes: Change;
  /** The object that holds most bytes of what is new, and the way from there. */
  heldBy?: string;
  way?: string;
}

/** All classes of one source. */
export interface SourceDifference {
  source: string;
  count: Change;
  selfBytes: Change;
}

/** What a heap gained. */
export interface HeapDifference {
  total: Change;
  /** Classes that changed, those first that gained most bytes. */
  classes: ClassDifference[];
  sources: SourceDifference[];
}

/** How places and files are told. */
export interface DifferenceOptions extends NamingOptions {
  /** The source that a place belongs to. */
  sourceOf(file: string, line: number | undefined): string;
}

/** Compares the first snapshot with the last. */
export function heapDifference({ snapshots, classes }: HeapComparison, options: DifferenceOptions): HeapDifference {
  const changes = classes.map((series) => classDifference(series, options)).filter(hasChanged);
  return { total: changeOf(snapshots.map(({ bytes }) => bytes)), classes: changes, sources: sourcesOf(changes) };
}

function classDifference(series: ClassSeries, options: DifferenceOptions): ClassDifference {
  const { name, kind, file, line } = series;
  const [holder] = series.holders;
  const named = holder && nameHolder(holder, options);
  const known = file === undefined ? named?.place : { file, line };
  const place = file === undefined ? undefined : options.showPlace(file, line);
  return {
    name,
    kind,
    source: kind === 'internal' ? 'V8' : known === undefined ? 'unknown' : options.sourceOf(known.file, known.line),
    ...(place !== undefined && { place }),
    count: changeOf(series.counts),
    selfBytes: changeOf(series.selfBytes),
    retainedBytes: changeOf(series.retainedBytes),
    ...(named && { heldBy: named.text, way: named.way }),
  };
}

function changeOf(figures: readonly number[]): Change {
  return { before: figures[0] as number, after: figures.at(-1) as number };
}

function hasChanged({ count, selfBytes, retainedBytes }: ClassDifference): boolean {
  return [count, selfBytes, retainedBytes].some(({ before, after }) => before !== after);
}

function sourcesOf(classes: readonly ClassDifference[]): SourceDifference[] {
  const sources = new Map<string, ClassDifference[]>();
  for (const each of classes) sources.set(each.source, [...(sources.get(each.source) ?? []), each]);
  const gained = ({ selfBytes }: SourceDifference) => selfBytes.after - selfBytes.before;
  return [...sources]
    .map(([source, all]) => ({
      source,
      count: sum(all.map(({ count }) => count)),
      selfBytes: sum(all.map(({ selfBytes }) => selfBytes)),
    }))
    .sort((a, b) => gained(b) - gained(a));
}

function sum(changes: readonly Change[]): Change {
  return changes.reduce((all, { before, after }) => ({ before: all.before + before, after: all.after + after }));
}
