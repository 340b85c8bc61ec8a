// Elements of which the report is made.
import { type Child, element } from '../../../page/client/index.js';

/** A `div` with a class, the most common element of all. */
export function box(className: string, ...children: readonly Child[]): HTMLDivElement {
  return element('div', { class: className }, ...children);
}

/** A small label with a tone: `good`, `bad`, `doubt`, `quiet` or `plain`. */
export function chip(text: string, tone: string): HTMLSpanElement {
  return element('span', { class: `chip ${tone}` }, text);
}

/** A list of terms and what they are; pairs without a value are left out. */
export function terms(pairs: readonly (readonly [term: string, value: string | undefined])[]): HTMLDListElement {
  const list = element('dl', { class: 'terms' });
  for (const [term, value] of pairs) {
    if (value !== undefined) list.append(element('dt', {}, term), element('dd', {}, value));
  }
  return list;
}

/** Text that may be broken after the separators of ids, and nowhere else. */
export function breakable(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const part of text.split(/(?<=[/[,=])/)) fragment.append(part, document.createElement('wbr'));
  return fragment;
}
