// What stands in a list more than once.

/**
 * The values of a list, each once, where it stood first; values that have the same JSON are the same.
 *
 * @example
 * distinct([{ a: 1 }, { a: 2 }, { a: 1 }]); // [{ a: 1 }, { a: 2 }]
 */
export function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
