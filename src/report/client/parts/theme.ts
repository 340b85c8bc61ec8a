// Light and dark: the system decides until the reader does.
import { element } from '../../../page/client/index.js';

const KEY = 'forgebench-theme';
const listeners = new Set<() => void>();

/** Calls back whenever the colours of the page have changed. */
export function onThemeChange(listener: () => void): void {
  listeners.add(listener);
}

/** The button that changes between light and dark. */
export function themeButton(): HTMLButtonElement {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const button = element('button', { type: 'button', class: 'theme' });
  const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  const show = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `Change to the ${isDark() ? 'light' : 'dark'} theme`);
    for (const listener of listeners) listener();
  };
  const chosen = remembered();
  if (chosen !== null) document.documentElement.dataset.theme = chosen;
  button.addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    remember(document.documentElement.dataset.theme);
    show();
  });
  dark.addEventListener('change', show);
  show();
  return button;
}

// Storage may be forbidden for files; the choice then lasts as long as the page.
function remembered(): string | null {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'light' || theme === 'dark' ? theme : null;
  } catch {
    return null;
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    return;
  }
}
