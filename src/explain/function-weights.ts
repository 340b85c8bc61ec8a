// What each function weighs on both sides, and who calls whom.
import type { Side } from '../samples/index.js';
import { type CallNode, type CallTree, selfOf } from './call-tree.js';

/** A function on both sides. */
export interface FunctionWeight {
  self: Record<Side, number>;
  /** With callees; a function that calls itself counts once. */
  total: Record<Side, number>;
  /** Weight by caller and by callee. */
  callers: Record<Side, Map<number, number>>;
  callees: Record<Side, Map<number, number>>;
}

const SIDES: readonly Side[] = ['base', 'head'];

/** Adds up the nodes of each function. */
export function weighFunctions(trees: readonly CallTree[]): Map<number, FunctionWeight> {
  const weights = new Map<number, FunctionWeight>();
  const visit = (fn: number, node: CallNode, path: readonly number[]) => {
    const weight = weights.get(fn) ?? emptyWeight();
    weights.set(fn, weight);
    const caller = path.at(-1);
    for (const side of SIDES) {
      weight.self[side] += selfOf(node, side);
      if (!path.includes(fn)) weight.total[side] += node[side];
      if (caller !== undefined) add(weight.callers[side], caller, node[side]);
    }
    const below = [...path, fn];
    for (const [callee, child] of node.children) {
      for (const side of SIDES) add(weight.callees[side], callee, child[side]);
      visit(callee, child, below);
    }
  };
  for (const { root } of trees) for (const [fn, node] of root.children) visit(fn, node, []);
  return weights;
}

function emptyWeight(): FunctionWeight {
  const none = () => ({ base: 0, head: 0 });
  const maps = () => ({ base: new Map<number, number>(), head: new Map<number, number>() });
  return { self: none(), total: none(), callers: maps(), callees: maps() };
}

function add(weights: Map<number, number>, key: number, weight: number): void {
  if (weight > 0) weights.set(key, (weights.get(key) ?? 0) + weight);
}
