// Prose broken between words, because a terminal breaks it within them.

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences.
const COLOUR = /\u001b\[\d+m/g;
/** How much further in than its first line a sentence goes on. */
const HANGING = 2;

/**
 * Each line of a text, broken between words where it is wider than the terminal. What follows a break is indented a
 * little more than the line that it belongs to. A word that is wider alone, such as a path, stays whole.
 *
 * @param width columns of the terminal
 * @example
 * wrapText('  one two three', 10) // '  one two\n    three'
 */
export function wrapText(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  if (widthOf(line) <= width) return line;
  const [indent = ''] = /^ */.exec(line) ?? [];
  const lines: string[] = [];
  // Gaps of several spaces separate columns; they are kept within a line.
  for (const [, gap = '', word = ''] of line.slice(indent.length).matchAll(/( *)([^ ]+)/g)) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(indent + word);
    else if (widthOf(last) + gap.length + widthOf(word) <= width) lines[lines.length - 1] = last + gap + word;
    else lines.push(indent + ' '.repeat(HANGING) + word);
  }
  return lines.join('\n');
}

function widthOf(text: string): number {
  return text.replace(COLOUR, '').length;
}
