// The legend: colours, words and the share of each origin; a click keeps only that origin coloured.
import { ORIGINS, percent } from './describe.js';
import { element } from './dom.js';
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
    .filter(([, share]) => share > 0)
    .sort((a, b) => b[1] - a[1]);
}

/** Fills the legend; `onChoose` gets the origin to keep coloured, or nothing for all. */
export function showLegend(list: HTMLElement, root: Drawn, onChoose: (origin: string | undefined) => void): void {
  let chosen: string | undefined;
  const buttons = originShares(root).map(([origin, share]) => {
    const swatch = element('span', { class: 'swatch', style: `background: var(--${origin})` });
    const button = element(
      'button',
      { type: 'button', 'aria-pressed': 'false' },
      swatch,
      `${ORIGINS[origin] ?? origin} `,
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
