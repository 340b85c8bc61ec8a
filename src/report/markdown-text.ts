// Text from outside in Markdown, where it makes no markup.
import { plainText } from './plain-text.js';

/** Where GitHub sees a mention or an address, which no backslash hides; a space without width does. */
const LINK = /@|:(?=\/\/)|\bwww(?=\.)/gi;

/** Text in which nothing is markup, in a table or outside, and which calls nobody. */
export function text(value: string): string {
  return plainText(value)
    .replace(/[\\`*_[\]<>|#&!~^]/g, (character) => `\\${character}`)
    .replace(LINK, (start) => `${start}&#8203;`);
}

/** A name in code style. A code span cannot hold every character, so a name with such ones is written as text. */
export function code(value: string): string {
  return /[`|<>\\]/.test(plainText(value)) ? text(value) : `\`${value}\``;
}
