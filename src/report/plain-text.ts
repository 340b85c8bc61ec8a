// Text from outside, made harmless for a terminal.

// C0 and C1 control characters can move the cursor and recolour the screen; direction marks can reorder a line.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * One line of text in which control characters are written out.
 *
 * @example
 * plainText('a\u001b[31mb') // 'a\\u001b[31mb'
 */
export function plainText(text: string): string {
  return text.replace(UNSAFE, (character) =>
    character === '\n' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
