// A page with a graph: choices above it, the legend, the graph, and the keys that work everywhere.
import type { HierarchyNode } from 'd3-flame-graph';
import { element } from '../../page/client/index.js';
import { FLAME_ELEMENT } from '../flame-data.js';
import { makeChart } from './chart.js';
import { CHANGE_COLOURS, changeColour, originColour } from './colours.js';
import { button, type Choice, chooser, searchBox, themeButton, ticker } from './controls.js';
import { facts, type Unit } from './describe.js';
import { showColours, showOrigins } from './legend.js';
import { bottomUp, type Drawn, fromUserCode, type Pair } from './tree.js';
import './flame.css';

/** What a page shows. */
export interface Shown {
  unit: Unit;
  threads: readonly Choice[];
  /** Id of the thread to begin with; the first where it is absent. */
  thread?: string | undefined;
  /** Which part of both profiles is drawn; one for a single profile. */
  views: readonly Choice[];
  /** The tree of a thread in a view. */
  tree(thread: number, view: string): Drawn;
  /** What a sample of a thread weighs on each side; nothing where there is one profile. */
  sampleWeights?(thread: number): Pair;
}

const DIRECTIONS: readonly Choice[] = [
  { id: 'icicle', words: 'callers on top' },
  { id: 'flame', words: 'flames, callers below' },
];
const ORDERS: readonly Choice[] = [
  { id: 'callees', words: 'callers to callees' },
  { id: 'callers', words: 'inverted, innermost first' },
];
const COLOURS: readonly Choice[] = [
  { id: 'change', words: 'change' },
  { id: 'origin', words: 'origin' },
];

/** Fills the page; returns what else on it may use: a search for a name. */
export function openViewer(page: HTMLElement, shown: Shown): { search(text: string): void } {
  const state: { tree?: Drawn; origin?: string | undefined } = {};
  const { sampleWeights } = shown;
  const { thread, view, colours, direction, order, entry } = makeChoices(shown, draw);
  const search = searchBox(() => chart.search(search.value()));
  const legend = element('ul', { class: 'legend', 'aria-label': 'What the colours mean' });
  const index = () => Number(thread.value());
  const colour = (node: HierarchyNode<Drawn>) =>
    sampleWeights && colours.value() === 'change'
      ? changeColour(node, sampleWeights(index()))
      : originColour(node, state.origin);
  const chart = makeChart({
    colour,
    describe: (node) => facts(node, { total: state.tree?.value || 1, unit: shown.unit }),
  });
  const choices = [thread, view, colours, direction, order, entry, search].map((each) => each.shown);
  page.append(
    element('div', { class: 'controls' }, ...choices, chart.found, button('Reset', reset), themeButton()),
    legend,
    chart.area,
    chart.spoken,
  );
  draw();
  redrawWhenWider(draw);
  searchOnSlash(search);
  return { search: search.set };

  function draw(): void {
    const whole = shown.tree(index(), view.value());
    const tree = entry.value() ? fromUserCode(whole) : whole;
    state.tree = tree;
    state.origin = undefined;
    chart.draw(order.value() === 'callers' ? bottomUp(tree) : tree, direction.value() === 'flame');
    if (sampleWeights && colours.value() === 'change') showColours(legend, CHANGE_COLOURS);
    else
      showOrigins(legend, tree, (origin) => {
        state.origin = origin;
        chart.recolour();
      });
    chart.search(search.value());
  }

  function reset(): void {
    search.set('');
    chart.reset();
  }
}

function makeChoices({ threads, thread, views, sampleWeights }: Shown, draw: () => void) {
  return {
    thread: chooser('Thread', threads, draw, thread),
    view: chooser('Width', views, draw),
    colours: chooser('Colour', sampleWeights ? COLOURS : COLOURS.slice(1), draw),
    direction: chooser('Direction', DIRECTIONS, draw),
    order: chooser('Order', ORDERS, draw),
    entry: ticker('from your JavaScript on', true, draw),
  };
}

function redrawWhenWider(draw: () => void): void {
  let width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth === width) return;
    width = innerWidth;
    draw();
  });
}

function searchOnSlash(search: { focus(): void }): void {
  addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    search.focus();
  });
}

/** The data that the page carries. */
export function pageData<Data>(): Data {
  return JSON.parse(document.getElementById(FLAME_ELEMENT)?.textContent ?? '') as Data;
}
