// The legend: colours and their words; of origins also their shares, and a click keeps only that origin coloured.
import { element } from '../../page/client/index.js';
import { ORIGIN_WORDS, percent } from './describe.js';
import { type Drawn, selfWeight } from './tree.js';

/** The share of each origin in the tree, by the innermost function, the largest first. */
export function originShares(root: Drawn): [string, number][] {
  const weights = new Map<string, number>();
  const visit = (node: Drawn) => {
    weights.set(node.fn.origin, (weights.get(node.fn.origin) ?? 0) + selfWeight(node));
    node.children.forEach(visit);
  };
  root.children.forEach(visit);
  return [...weights]
    .map(([origin, weight]): [string, number] => [origin, weight / root.value])
    .filter(([, share]) => share > 1e-9)
    .sort((a, b) => b[1] - a[1]);
}

/**
 * Fills the legend with origins; `onChoose` gets the origin to keep coloured, or nothing for all.
 *
 * @param root a tree from the outermost function on
 */
export function showOrigins(list: HTMLElement, root: Drawn, onChoose: (origin: string | undefined) => void): void {
  let chosen: string | undefined;
  const buttons = originShares(root).map(([origin, share]) => {
    const button = element(
      'button',
      { type: 'button', 'aria-pressed': 'false' },
      swatch(`var(--${origin})`),
      `${ORIGIN_WORDS[origin] ?? origin} `,
      element('b', {}, percent(share)),
    );
    button.addEventListener('click', () => {
      chosen = chosen === origin ? undefined : origin;
      for (const each of buttons) each.setAttribute('aria-pressed', String(each === button && chosen !== undefined));
      onChoose(chosen);
    });
    return button;
  });
  list.replaceChildren(...buttons.map((button) => element('li', {}, button)));
}

/** Fills the legend with colours that are no buttons. */
export function showColours(list: HTMLElement, colours: readonly (readonly [colour: string, words: string])[]): void {
  list.replaceChildren(...colours.map(([colour, words]) => element('li', {}, swatch(colour), words)));
}

function swatch(colour: string): HTMLElement {
  const made = element('span', { class: 'swatch' });
  made.style.background = colour;
  return made;
}
