// The graph itself: d3-flame-graph with a tooltip, keys and search.
import flamegraph, { type FlameGraph, type HierarchyNode } from 'd3-flame-graph';
import { select } from 'd3-selection';
import { element } from '../../page/client/index.js';
import { percent } from './describe.js';
import { useKeyboard } from './keyboard.js';
import { frameTooltip } from './tooltip.js';
import type { Drawn } from './tree.js';

type Node = HierarchyNode<Drawn>;

const ROW = 19;
/** Narrower frames cannot be pointed at. */
const NARROWEST = 0.5;

/** What the graph asks of who owns it. */
export interface ChartOptions {
  colour(node: Node): string;
  /** The lines below the name of a frame. */
  describe(node: Drawn): string[];
}

/** A graph that shows one tree at a time. */
export interface Chart {
  /** Elements for the page: the graph, what was found, and what is read aloud. */
  area: HTMLElement;
  found: HTMLElement;
  spoken: HTMLElement;
  /** Draws a tree; callers above their callees, or below them as flames. */
  draw(tree: Drawn, flames: boolean): void;
  search(term: string): void;
  recolour(): void;
  reset(): void;
}

/** Makes a graph without a tree. */
export function makeChart({ colour, describe }: ChartOptions): Chart {
  const found = element('output', { class: 'found' });
  const spoken = element('p', { class: 'spoken', 'aria-live': 'polite' });
  const area = element('div', {
    class: 'area',
    tabindex: '0',
    role: 'application',
    'aria-label': 'Flame graph. Arrow keys move between frames, Enter zooms, Escape shows everything.',
  });
  const tooltip = frameTooltip(describe);
  const state: { chart?: FlameGraph<Drawn>; flames: boolean } = { flames: false };
  const walk = walker(area, (group, node) => {
    tooltip.showAt(group.getBoundingClientRect(), node);
    spoken.textContent = [node.data.fn.name, ...describe(node.data)].join(', ');
  });
  const reset = () => {
    tooltip.hide();
    keyboard.forget();
    walk.leave();
    state.chart?.resetZoom();
  };
  const keyboard = useKeyboard(area, { ...walk, reset, upwards: () => state.flames });
  return {
    area,
    found,
    spoken,
    reset,
    draw(tree, flames) {
      tooltip.hide();
      keyboard.forget();
      area.replaceChildren();
      state.flames = flames;
      state.chart = configure({ width: area.clientWidth, flames }).tooltip(tooltip).setColorMapper(colour);
      state.chart.setSearchHandler((_nodes, sum, total) => {
        found.textContent = `${percent(sum / total)} found`;
      });
      select(area).datum(tree).call(state.chart);
    },
    search(term) {
      if (term) return state.chart?.search(term);
      state.chart?.clear();
      found.textContent = '';
    },
    recolour: () => state.chart?.update(),
  };
}

/** Finds frames on the page and marks the current one. */
function walker(area: HTMLElement, onShow: (group: SVGGElement, node: Node) => void) {
  // The groups of frames carry their nodes, as d3 leaves them.
  const groups = () => [...area.querySelectorAll<SVGGElement & { __data__?: Node }>('g.frame')];
  const groupOf = (node: Node) => groups().find((group) => group.__data__ === node);
  const leave = () => area.querySelector('g.current')?.classList.remove('current');
  return {
    leave,
    root: () => groups()[0]?.__data__,
    zoom: (node: Node) => void groupOf(node)?.dispatchEvent(new MouseEvent('click')),
    show(node: Node) {
      leave();
      const group = groupOf(node);
      group?.classList.add('current');
      group?.scrollIntoView({ block: 'nearest' });
      if (group) onShow(group, node);
    },
  };
}

function configure({ width, flames }: { width: number; flames: boolean }): FlameGraph<Drawn> {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return flamegraph<Drawn>()
    .width(width)
    .cellHeight(ROW)
    .minFrameSize(NARROWEST)
    .transitionDuration(still ? 0 : 150)
    .inverted(!flames)
    .sort((a, b) => b.data.value - a.data.value)
    .getName(({ data }) => data.fn.name)
    .setSearchMatch(({ data }, term) => matches(data, term));
}

function matches({ fn }: Drawn, term: string): boolean {
  const wanted = term.toLowerCase();
  return [fn.name, fn.file, fn.renamedFrom].some((text) => text?.toLowerCase().includes(wanted));
}
