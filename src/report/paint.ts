// Colours of terminal text, or none.

export type Paint = Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', (text: string) => string>;

const CODES: Record<keyof Paint, [on: number, off: number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/**
 * Functions that colour text, or leave it as it is where colours are not wanted. Whether they are is the caller's
 * decision: a renderer does not look at the terminal.
 *
 * @example
 * paint({ colour: false }).red('a') // 'a'
 */
export function paint({ colour }: { colour: boolean }): Paint {
  const entries = Object.entries(CODES).map(([name, [on, off]]) => [
    name,
    (text: string) => (colour && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text),
  ]);
  return Object.fromEntries(entries) as Paint;
}
