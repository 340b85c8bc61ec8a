// Names in patterns.

/**
 * A text as part of a regular expression, in which no character of it has a meaning.
 *
 * @example
 * escapeForRegExp('a.b'); // 'a\\.b'
 */
export function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
