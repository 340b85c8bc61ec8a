// Moving through the graph without a mouse.
import type { HierarchyNode } from 'd3-flame-graph';
import type { Drawn } from './tree.js';

type Node = HierarchyNode<Drawn>;

/** What the keys do. */
export interface KeyActions {
  /** The outermost frame; nothing before a tree is drawn. */
  root(): Node | undefined;
  zoom(node: Node): void;
  reset(): void;
  /** True where callees lie above their callers. */
  upwards(): boolean;
  /** Shows that a frame is the current one. */
  show(node: Node): void;
}

/** Makes the arrow keys move between frames, Enter zoom, and Escape show everything. */
export function useKeyboard(area: HTMLElement, actions: KeyActions): { forget(): void } {
  let current: Node | undefined;
  area.addEventListener('keydown', (event) => {
    const from = current ?? actions.root();
    const to = current
      ? from && neighbour(from, turned(event.key, actions.upwards()))
      : MOVES.includes(event.key)
        ? from
        : undefined;
    if (to) {
      current = to;
      actions.show(to);
    } else if (event.key === 'Enter' && current) {
      actions.zoom(current);
    } else if (event.key === 'Escape') {
      current = undefined;
      actions.reset();
    } else if (!MOVES.includes(event.key)) {
      return;
    }
    event.preventDefault();
  });
  return {
    forget() {
      current = undefined;
    },
  };
}

const MOVES = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];

/** In flames, up leads to a callee. */
function turned(key: string, upwards: boolean): string {
  if (!upwards) return key;
  return key === 'ArrowUp' ? 'ArrowDown' : key === 'ArrowDown' ? 'ArrowUp' : key;
}

/** The visible frame in the direction of a key; callees lie below their caller. */
function neighbour(node: Node, key: string): Node | undefined {
  if (key === 'ArrowUp') return node.parent ?? undefined;
  if (key === 'ArrowDown') return visible(node.children ?? [])[0];
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  if (step === 0 || !node.parent) return undefined;
  const siblings = visible(node.parent.children ?? []);
  return siblings[siblings.indexOf(node) + step];
}

function visible(nodes: Node[]): Node[] {
  return nodes.filter(({ value }) => value > 0).sort((a, b) => b.data.value - a.data.value);
}
