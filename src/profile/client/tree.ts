// Trees that are drawn, and what can be made of them: from the user's code on, and from the innermost function outwards.
import type { FlameData, FlameFunction, FlameNode, FlameThread } from '../flame-data.js';

/** Weights in base and in head. */
export type Pair = [base: number, head: number];

/** A node in the form that d3-flame-graph reads; it adds `hide` and `fade` itself. */
export interface Drawn {
  fn: FlameFunction & { renamedFrom?: string };
  /** Weight with all callees, which is its width. */
  value: number;
  /** Of two profiles: the weight in each. */
  pair?: Pair;
  tiers?: Record<string, number>;
  children: Drawn[];
}

/** The tree of a thread. */
export function drawnTree({ functions }: FlameData, thread: FlameThread): Drawn {
  return {
    fn: { name: `${thread.name} (${thread.samples} samples)`, origin: 'unknown' },
    value: thread.weight,
    children: thread.roots.map((node) => toDrawn(node, functions)),
  };
}

function toDrawn([fn, value, children, tiers]: FlameNode, functions: readonly FlameFunction[]): Drawn {
  return {
    fn: functions[fn] as FlameFunction,
    value,
    children: children.map((child) => toDrawn(child, functions)),
    ...(tiers && { tiers }),
  };
}

/** Weight of a node that no callee has. */
export function selfWeight({ value, children }: Drawn): number {
  return children.reduce((rest, child) => rest - child.value, value);
}

/** The same in each of two profiles. */
export function selfPair({ pair, children }: Drawn): Pair | undefined {
  if (!pair) return undefined;
  const of = (side: 0 | 1) => children.reduce((rest, child) => rest - (child.pair?.[side] ?? 0), pair[side]);
  return [Math.max(0, of(0)), Math.max(0, of(1))];
}

/** Cuts off what lies between the process's start and the first code that has an author. */
export function fromUserCode(root: Drawn): Drawn {
  const entries: Drawn[] = [];
  const rest = root.children.flatMap((node) => cutEntries(node, entries));
  return { ...root, children: merge([...entries, ...rest]) };
}

/** Moves the outermost user code below `node` to `entries`; returns what remains of the node, if anything. */
function cutEntries(node: Drawn, entries: Drawn[]): Drawn[] {
  const { origin } = node.fn;
  if (origin === 'user' || origin === 'node_modules' || origin === 'forgebench') {
    entries.push(node);
    return [];
  }
  const children = node.children.flatMap((child) => cutEntries(child, entries));
  const value = children.reduce((sum, child) => sum + child.value, selfWeight(node));
  if (value <= 0) return [];
  const own = selfPair(node);
  return [{ ...node, value, children, ...(own && { pair: sumOf([own, ...children.map(({ pair }) => pair)]) }) }];
}

/** Turned around: each function at the root with what it took itself, and its callers above it. */
export function bottomUp(root: Drawn): Drawn {
  const turned: Drawn[] = [];
  const visit = (node: Drawn, path: readonly Drawn[]) => {
    const way = [node, ...path];
    const [value, pair] = [selfWeight(node), selfPair(node)];
    // Differences of sums leave crumbs.
    if (value > root.value * 1e-9) turned.push(chain(way, value, pair));
    for (const child of node.children) visit(child, way);
  };
  for (const child of root.children) visit(child, []);
  return { ...root, children: merge(turned) };
}

function chain(way: readonly Drawn[], value: number, pair: Pair | undefined): Drawn {
  return way.reduceRight<Drawn[]>(
    (children, { fn }) => [{ fn, value, children, ...(pair && { pair }) }],
    [],
  )[0] as Drawn;
}

function merge(nodes: readonly Drawn[]): Drawn[] {
  const merged = new Map<FlameFunction, Drawn[]>();
  for (const node of nodes) {
    const same = merged.get(node.fn);
    if (same) same.push(node);
    else merged.set(node.fn, [node]);
  }
  return [...merged].map(([fn, same]) => {
    if (same.length === 1) return same[0] as Drawn;
    const tiers: Record<string, number> = {};
    for (const node of same)
      for (const [tier, weight] of Object.entries(node.tiers ?? {})) tiers[tier] = (tiers[tier] ?? 0) + weight;
    const pairs = same.map(({ pair }) => pair);
    return {
      fn,
      value: same.reduce((sum, node) => sum + node.value, 0),
      children: merge(same.flatMap((node) => node.children)),
      ...(pairs.some((pair) => pair) && { pair: sumOf(pairs) }),
      ...(Object.keys(tiers).length > 0 && { tiers }),
    };
  });
}

function sumOf(pairs: readonly (Pair | undefined)[]): Pair {
  return pairs.reduce<Pair>(([base, head], pair) => [base + (pair?.[0] ?? 0), head + (pair?.[1] ?? 0)], [0, 0]);
}
