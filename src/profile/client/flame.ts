// The browser program of a flame graph: reads what flame-html.ts wrote and draws it.
import flamegraph, { type FlameGraph, type HierarchyNode } from 'd3-flame-graph';
import { select } from 'd3-selection';
import type { FlameData, FlameThread } from '../flame-data.js';
import { facts, percent } from './describe.js';
import { element } from './dom.js';
import './flame.css';
import { useKeyboard } from './keyboard.js';
import { showLegend } from './legend.js';
import { frameTooltip } from './tooltip.js';
import { type Drawn, drawnTree } from './tree.js';

type Node = HierarchyNode<Drawn>;

const ROW = 19;
/** Narrower frames cannot be pointed at. */
const NARROWEST = 0.5;
const SHADES = 4;

const data = JSON.parse(document.getElementById('flame-data')?.textContent ?? '') as FlameData;
const page = document.getElementById('flame') as HTMLElement;
const controls = makeControls();
const legend = element('ul', { class: 'legend', 'aria-label': 'Share of each origin, by the innermost function' });
const found = element('output', { class: 'found' });
const area = element('div', {
  class: 'area',
  tabindex: '0',
  role: 'application',
  'aria-label': 'Flame graph. Arrow keys move between frames, Enter zooms, Escape shows everything.',
});
const spoken = element('p', { class: 'spoken', 'aria-live': 'polite' });
const state: { chart?: FlameGraph<Drawn>; tree?: Drawn; origin?: string | undefined } = {};
const tooltip = frameTooltip((node) => facts(node, { total: state.tree?.value ?? 1, unit: data.unit }));
const keyboard = useKeyboard(area, {
  root,
  zoom: (node) => groupOf(node)?.dispatchEvent(new MouseEvent('click')),
  reset,
  show: focusFrame,
});

page.append(
  element(
    'div',
    { class: 'controls' },
    controls.thread,
    controls.entry,
    controls.search,
    found,
    controls.reset,
    controls.theme,
  ),
  legend,
  area,
  spoken,
);
draw();

/** The groups of frames carry their nodes, as d3 leaves them. */
function groupOf(node: Node): SVGGElement | undefined {
  return [...area.querySelectorAll<SVGGElement & { __data__?: Node }>('g.frame')].find(
    (group) => group.__data__ === node,
  );
}

function root(): Node {
  return (area.querySelector('g.frame') as SVGGElement & { __data__: Node }).__data__;
}

function draw(): void {
  const thread = data.threads[Number(controls.thread.querySelector('select')?.value ?? 0)] as FlameThread;
  const tree = drawnTree(data, thread, (controls.entry.querySelector('input') as HTMLInputElement).checked);
  tooltip.hide();
  keyboard.forget();
  area.replaceChildren();
  state.tree = tree;
  state.origin = undefined;
  state.chart = makeChart(area.clientWidth);
  select(area).datum(tree).call(state.chart);
  showLegend(legend, tree, (origin) => {
    state.origin = origin;
    state.chart?.update();
  });
  search();
}

function makeChart(width: number): FlameGraph<Drawn> {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return flamegraph<Drawn>()
    .width(width)
    .cellHeight(ROW)
    .minFrameSize(NARROWEST)
    .transitionDuration(still ? 0 : 150)
    .inverted(true)
    .sort((a, b) => b.data.value - a.data.value)
    .getName(({ data }) => data.fn.name)
    .tooltip(tooltip)
    .setColorMapper(colour)
    .setSearchMatch(({ data }, term) => matches(data, term))
    .setSearchHandler((_nodes, sum, total) => {
      found.textContent = `${percent(sum / total)} found`;
    });
}

/** One hue for each origin; shades tell neighbours apart and stay with the name. */
function colour({ data: { fn }, highlight, parent }: Node): string {
  if (highlight) return 'var(--found)';
  if (!parent || (state.origin !== undefined && state.origin !== fn.origin)) return 'var(--line)';
  let hash = 0;
  for (const character of fn.name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return `color-mix(in oklab, var(--${fn.origin}) ${100 - (hash % SHADES) * 9}%, var(--surface))`;
}

function matches({ fn }: Drawn, term: string): boolean {
  const wanted = term.toLowerCase();
  return fn.name.toLowerCase().includes(wanted) || (fn.file?.toLowerCase().includes(wanted) ?? false);
}

function search(): void {
  const term = (controls.search.querySelector('input') as HTMLInputElement).value.trim();
  if (term) {
    state.chart?.search(term);
  } else {
    state.chart?.clear();
    found.textContent = '';
  }
}

function reset(): void {
  tooltip.hide();
  keyboard.forget();
  area.querySelector('g.current')?.classList.remove('current');
  state.chart?.resetZoom();
}

function focusFrame(node: Node): void {
  area.querySelector('g.current')?.classList.remove('current');
  const group = groupOf(node);
  group?.classList.add('current');
  group?.scrollIntoView({ block: 'nearest' });
  if (group) tooltip.showAt(group.getBoundingClientRect(), node);
  spoken.textContent = [
    node.data.fn.name,
    ...facts(node.data, { total: state.tree?.value ?? 1, unit: data.unit }),
  ].join(', ');
}

function makeControls() {
  const options = data.threads.map((thread, index) =>
    element(
      'option',
      { value: String(index) },
      `${thread.name}${thread.javascript ? ' (JavaScript)' : ''}, ${thread.samples} samples`,
    ),
  );
  const thread = element('label', {}, 'Thread ', element('select', {}, ...options));
  const entry = element('label', {}, element('input', { type: 'checkbox', checked: '' }), ' from your JavaScript on');
  const searchBox = element(
    'label',
    {},
    'Search ',
    element('input', { type: 'search', placeholder: 'function or file' }),
  );
  const resetButton = element('button', { type: 'button' }, 'Reset zoom');
  const theme = element('button', { type: 'button' }, 'Light or dark');
  thread.addEventListener('change', draw);
  entry.addEventListener('change', draw);
  searchBox.addEventListener('input', search);
  resetButton.addEventListener('click', reset);
  theme.addEventListener('click', () => {
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });
  return { thread, entry, search: searchBox, reset: resetButton, theme };
}

let width = innerWidth;
addEventListener('resize', () => {
  if (innerWidth === width) return;
  width = innerWidth;
  draw();
});
