// The tree that is drawn: of one thread, whole or from the first JavaScript of the user on.
import type { FlameData, FlameFunction, FlameNode, FlameThread } from '../flame-data.js';

/** A node in the form that d3-flame-graph reads; it adds `hide` and `fade` itself. */
export interface Drawn {
  fn: FlameFunction;
  /** Weight with all callees. */
  value: number;
  tiers?: Record<string, number>;
  children: Drawn[];
}

/** The tree of a thread; `fromJavaScript` cuts off what lies between the process's start and the first user code. */
export function drawnTree({ functions }: FlameData, thread: FlameThread, fromJavaScript: boolean): Drawn {
  const whole = thread.roots.map((node) => toDrawn(node, functions));
  const children = fromJavaScript ? withoutEntry(whole) : whole;
  return {
    fn: { name: `${thread.name} (${thread.samples} samples)`, origin: 'unknown' },
    value: thread.weight,
    children,
  };
}

/** Weight of a node that no callee has. */
export function selfWeight({ value, children }: Drawn): number {
  return children.reduce((rest, child) => rest - child.value, value);
}

function toDrawn([fn, value, children, tiers]: FlameNode, functions: readonly FlameFunction[]): Drawn {
  return {
    fn: functions[fn] as FlameFunction,
    value,
    children: children.map((child) => toDrawn(child, functions)),
    ...(tiers && { tiers }),
  };
}

function withoutEntry(whole: readonly Drawn[]): Drawn[] {
  const entries: Drawn[] = [];
  const rest = whole.flatMap((node) => cutEntries(node, entries));
  return merge([...entries, ...rest]);
}

/** Moves the outermost user code below `node` to `entries`; returns what remains of the node, if anything. */
function cutEntries(node: Drawn, entries: Drawn[]): Drawn[] {
  const { origin } = node.fn;
  if (origin === 'user' || origin === 'node_modules' || origin === 'forgebench') {
    entries.push(node);
    return [];
  }
  const self = selfWeight(node);
  const children = node.children.flatMap((child) => cutEntries(child, entries));
  const value = children.reduce((sum, child) => sum + child.value, self);
  return value > 0 ? [{ ...node, value, children }] : [];
}

function merge(nodes: readonly Drawn[]): Drawn[] {
  const merged = new Map<FlameFunction, Drawn[]>();
  for (const node of nodes) merged.set(node.fn, [...(merged.get(node.fn) ?? []), node]);
  return [...merged].map(([fn, same]) => {
    if (same.length === 1) return same[0] as Drawn;
    const tiers: Record<string, number> = {};
    for (const node of same)
      for (const [tier, weight] of Object.entries(node.tiers ?? {})) tiers[tier] = (tiers[tier] ?? 0) + weight;
    const value = same.reduce((sum, node) => sum + node.value, 0);
    return {
      fn,
      value,
      children: merge(same.flatMap((node) => node.children)),
      ...(Object.keys(tiers).length > 0 && { tiers }),
    };
  });
}
