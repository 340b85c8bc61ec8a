// All functions by their change, as a table.
import { element } from '../../page/client/index.js';
import type { DifferentialData, DifferentialFunction } from '../differential-data.js';
import { amount, ORIGIN_WORDS, signed } from './describe.js';

/** Rows beyond these nobody reads; the search finds the others in the graph. */
const MOST_ROWS = 200;

type Column = (fn: DifferentialFunction) => number;

const selfChange: Column = ({ self: [base, head] }) => head - base;
const totalChange: Column = ({ total: [base, head] }) => head - base;

/** Columns with figures; a click on the head of one orders the table by it. */
const COLUMNS: readonly { words: string; read: Column; isChange?: true }[] = [
  { words: 'itself, base', read: ({ self }) => self[0] },
  { words: 'itself, head', read: ({ self }) => self[1] },
  { words: 'itself, change', read: selfChange, isChange: true },
  { words: 'with callees, base', read: ({ total }) => total[0] },
  { words: 'with callees, head', read: ({ total }) => total[1] },
  { words: 'with callees, change', read: totalChange, isChange: true },
];

/**
 * The table, ordered by how much functions changed themselves.
 *
 * @param onChoose gets the name of a function that was clicked
 */
export function changeTable({ functions, unit }: DifferentialData, onChoose: (name: string) => void): HTMLElement {
  const body = element('tbody');
  const show = (read: Column) => {
    const ordered = [...functions].sort((a, b) => Math.abs(read(b)) - Math.abs(read(a)));
    body.replaceChildren(...ordered.slice(0, MOST_ROWS).map((fn) => row(fn, unit, onChoose)));
  };
  const heads = COLUMNS.map(({ words, read }) => {
    const button = element('button', { type: 'button' }, words);
    button.addEventListener('click', () => show(read));
    return element('th', {}, button);
  });
  show(selfChange);
  const head = element(
    'thead',
    {},
    element('tr', {}, element('th', {}, 'function'), element('th', {}, 'origin'), ...heads),
  );
  const title = element('h2', {}, 'Functions by change');
  return element('section', { class: 'changes' }, title, element('div', {}, element('table', {}, head, body)));
}

function row(fn: DifferentialFunction, unit: DifferentialData['unit'], onChoose: (name: string) => void): HTMLElement {
  const name = element('button', { type: 'button', title: fn.file ?? '' }, fn.name);
  name.addEventListener('click', () => {
    onChoose(fn.name);
    scrollTo({ top: 0, behavior: 'smooth' });
  });
  const renamed = fn.renamedFrom === undefined ? [] : [element('small', {}, ` renamed from ${fn.renamedFrom}`)];
  const cells = COLUMNS.map(({ read, isChange }) => {
    const value = read(fn);
    const sign = value > 0 ? 'more' : value < 0 ? 'less' : '';
    return isChange ? element('td', { class: sign }, signed(value, unit)) : element('td', {}, amount(value, unit));
  });
  return element(
    'tr',
    {},
    element('td', {}, name, ...renamed),
    element('td', {}, ORIGIN_WORDS[fn.origin] ?? fn.origin),
    ...cells,
  );
}
