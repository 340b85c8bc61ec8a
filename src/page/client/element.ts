// Elements made without markup: every text becomes a text node, so nothing that a record says can be run.

/** What an element may hold; nothing is left out. */
export type Child = Node | string | undefined;

/** An element with attributes and children. Handlers and styles are no attributes here. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on') || key === 'style') throw new Error(`Cannot set "${key}": add it in code`);
    made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}
