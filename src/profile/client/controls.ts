// What stands above the graph: choices, search and buttons.
import { element } from '../../page/client/index.js';

/** One choice of a list. */
export interface Choice {
  id: string;
  words: string;
}

/** A labelled list, in which the first or the named choice is taken; its value is the id of the choice. */
export function chooser(label: string, choices: readonly Choice[], onChange: () => void, taken?: string) {
  const options = choices.map(({ id, words }) =>
    element('option', { value: id, ...(id === taken && { selected: '' }) }, words),
  );
  const select = element('select', {}, ...options);
  select.addEventListener('change', onChange);
  const shown = element('label', { ...(choices.length < 2 && { hidden: '' }) }, `${label} `, select);
  return { shown, value: () => select.value };
}

/** A labelled box to tick. */
export function ticker(label: string, ticked: boolean, onChange: () => void) {
  const input = element('input', { type: 'checkbox', ...(ticked && { checked: '' }) });
  input.addEventListener('change', onChange);
  return { shown: element('label', {}, input, ` ${label}`), value: () => input.checked };
}

/** A box for a text to search for; Escape empties it. */
export function searchBox(onInput: () => void) {
  const input = element('input', { type: 'search', placeholder: 'function or file  ( / )' });
  input.addEventListener('input', onInput);
  const set = (text: string) => {
    input.value = text;
    onInput();
  };
  input.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    set('');
    input.blur();
  });
  return {
    shown: element('label', {}, 'Search ', input),
    value: () => input.value.trim(),
    set,
    focus: () => input.focus(),
  };
}

/** A button. */
export function button(words: string, onClick: () => void): HTMLElement {
  const made = element('button', { type: 'button' }, words);
  made.addEventListener('click', onClick);
  return made;
}

/** A button that turns the page from light to dark and back. */
export function themeButton(): HTMLElement {
  return button('Light or dark', () => {
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });
}
