// What the page of a differential flame graph carries inside: written by flame-html.ts, read by client/differential.ts.
import type { FlameFunction } from './flame-data.js';
import type { Unit } from './profile.js';

/** What weights are: of one operation, or, where nobody counted operations, shares of all samples. */
export type DifferentialUnit = Unit | 'share';

/** A function on both sides. */
export interface DifferentialFunction extends FlameFunction {
  /** Its name in base, where head has another. */
  renamedFrom?: string;
  /** Weights in base and in head. */
  self: [base: number, head: number];
  /** With callees; a function that calls itself counts once. */
  total: [base: number, head: number];
}

/** A node of the tree of both sides: function, weights with all callees, callees. */
export type DifferentialNode = [fn: number, base: number, head: number, children: DifferentialNode[]];

/** One thread of both sides as a tree of frames. */
export interface DifferentialThread {
  name: string;
  javascript: boolean;
  samples: [base: number, head: number];
  weights: [base: number, head: number];
  roots: DifferentialNode[];
}

/** What the page of a differential flame graph draws. */
export interface DifferentialData {
  unit: DifferentialUnit;
  functions: DifferentialFunction[];
  threads: DifferentialThread[];
}
