// Heap snapshots of one process side by side, as the engine compares them (native/heap).

/** What snapshots of one process say together; lists have an entry for each snapshot, the oldest first. */
export interface HeapComparison {
  snapshots: HeapTotals[];
  /** Classes of which any figure changed, those first that grew by most bytes. */
  classes: ClassSeries[];
}

/** One heap as a whole. */
export interface HeapTotals {
  nodes: number;
  edges: number;
  bytes: number;
}

/** What the nodes of a class are; `internal` is what V8 keeps for itself, such as code. */
export type ClassKind = 'object' | 'closure' | 'string' | 'array' | 'value' | 'internal';

/** The objects of one constructor, or the functions of one place, over the snapshots. */
export interface ClassSeries {
  /** Constructor or function; in parentheses where there is none, such as `(string)`. */
  name: string;
  kind: ClassKind;
  /** File and line, from 1, of the constructor or the function, where known: a path, a URL or `node:…`. */
  file?: string;
  line?: number;
  counts: number[];
  /** Bytes of the nodes alone. */
  selfBytes: number[];
  /** Bytes that would go with them. */
  retainedBytes: number[];
  /** Nodes of the last snapshot that the first had not. */
  added: number;
  /** What holds those, who holds most bytes first; three at most. */
  holders: Holder[];
}

/** What holds new nodes of a class. */
export interface Holder {
  /** How many of the nodes in the last snapshot were new in each snapshot after the first. */
  born: number[];
  /** Bytes of these nodes alone. */
  selfBytes: number;
  /** The way to one of them from the root, the node itself last. */
  steps: HeapStep[];
}

/** One step of a way: a reference, and the node that it leads to. */
export interface HeapStep {
  /** Name of the property, the variable or the field; absent where it has an index. */
  edge?: string;
  edgeKind: 'context' | 'element' | 'property' | 'internal' | 'hidden' | 'weak';
  name: string;
  kind: ClassKind;
  file?: string;
  line?: number;
  /** Whether the node was not there in the first snapshot. */
  isNew: boolean;
}
