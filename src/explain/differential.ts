// Two profiles of one case as one tree and one table of functions.
import { type DifferentialData, type DifferentialNode, isJavaScript, type Profile } from '../profile/index.js';
import type { Side } from '../samples/index.js';
import { type CallNode, type CallTree, mergeTrees, type SideProfile } from './call-tree.js';
import { findRenamed } from './find-renamed.js';
import { type FunctionTable, identifyFunctions } from './function-table.js';
import { type FunctionWeight, weighFunctions } from './function-weights.js';
import { whyIncomparable } from './why-incomparable.js';

/** Profiles of each side; several are averaged. */
export type ProfilesOfSides = Record<Side, readonly Profile[]>;

/** Profiles that can be compared, their functions, and what each weight counts. */
export interface Aligned {
  table: FunctionTable;
  sides: SideProfile[];
  unit: DifferentialData['unit'];
  /** By the function of head that of base. */
  renamed: ReadonlyMap<number, number>;
  trees: CallTree[];
  weights: ReadonlyMap<number, FunctionWeight>;
}

/**
 * Brings profiles of both sides to one scale and one set of functions.
 *
 * Weights are for each operation; where a profile has not counted any, they are shares of all samples.
 *
 * @throws Error with the reason where two of them were captured in different ways
 */
export function align({ base, head }: ProfilesOfSides): Aligned {
  const all = [
    ...base.map((profile) => ({ side: 'base' as const, profile })),
    ...head.map((profile) => ({ side: 'head' as const, profile })),
  ];
  const [first] = all;
  if (first === undefined || base.length === 0 || head.length === 0)
    throw new Error('Cannot compare profiles: one side has none; profile both alike');
  for (const { profile } of all) {
    const reason = whyIncomparable(first.profile, profile);
    if (reason !== undefined)
      throw new Error(`Cannot compare profiles: they were captured in different ways: ${reason}; profile both alike`);
  }
  const counted = all.every(({ profile }) => profile.operations !== undefined);
  const unit = counted ? first.profile.unit : 'share';
  const table = identifyFunctions(all.map(({ profile }) => profile));
  const found = all.map(({ side, profile }, index): SideProfile => {
    const scale =
      (counted ? 1 / (profile.operations as number) : 1 / weightOf(profile)) / (side === 'base' ? base : head).length;
    return { side, profile, functionOf: table.indices[index] as number[], scale };
  });
  const before = mergeTrees(found);
  const renamed = findRenamed(table.functions, weighFunctions(before), totalOf(before));
  const sides = renamed.size === 0 ? found : found.map((each) => underOneName(each, renamed));
  const trees = renamed.size === 0 ? before : mergeTrees(sides);
  return { table, sides, unit, renamed, trees, weights: weighFunctions(trees) };
}

/** Base takes the names of head: the function of the old name is the one of the new name. */
function underOneName(each: SideProfile, renamed: ReadonlyMap<number, number>): SideProfile {
  const now = new Map([...renamed].map(([head, base]) => [base, head]));
  return { ...each, functionOf: each.functionOf.map((fn) => now.get(fn) ?? fn) };
}

function weightOf({ threads }: Profile): number {
  return threads.flatMap(({ stacks }) => stacks).reduce((sum, { weight }) => sum + weight, 0) || 1;
}

/** What all threads of a side weigh. */
export function totalOf(trees: readonly CallTree[]): Record<Side, number> {
  const sum = (side: Side) => trees.reduce((all, { root }) => all + root[side], 0);
  return { base: sum('base'), head: sum('head') };
}

/** The data of a differential flame graph. */
export function differentialData({ table, unit, renamed, trees, weights }: Aligned): DifferentialData {
  const functions: DifferentialData['functions'] = [];
  const indices = new Map<number, number>();
  const indexOf = (fn: number) => {
    const known = indices.get(fn);
    if (known !== undefined) return known;
    indices.set(fn, functions.length);
    const { self, total } = weights.get(fn) as FunctionWeight;
    const old = renamed.get(fn);
    const oldName = old === undefined ? undefined : table.functions[old]?.name;
    const its = table.functions[fn] as FunctionTable['functions'][number];
    return (
      functions.push({
        ...its,
        ...(isJavaScript(its) && { javascript: true as const }),
        ...(oldName !== undefined && { renamedFrom: oldName }),
        self: [rounded(self.base), rounded(self.head)],
        total: [rounded(total.base), rounded(total.head)],
      }) - 1
    );
  };
  const toNodes = ({ children }: CallNode): DifferentialNode[] =>
    [...children].map(([fn, node]) => [indexOf(fn), rounded(node.base), rounded(node.head), toNodes(node)]);
  const threads = trees.map(({ name, javascript, samples, root }) => ({
    name,
    javascript,
    samples: [samples.base, samples.head] as [number, number],
    weights: [rounded(root.base), rounded(root.head)] as [number, number],
    roots: toNodes(root),
  }));
  return { unit, functions, threads };
}

/** Seven digits: a million samples are not told apart any better. */
function rounded(weight: number): number {
  return Number(weight.toPrecision(7));
}
