// Numbers of things in sentences.

/**
 * A number and what it counts.
 *
 * @param many the plural where it is no `s` more
 * @example
 * counted(1, 'run'); // '1 run'
 * counted(2, 'launch', 'launches'); // '2 launches'
 */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
