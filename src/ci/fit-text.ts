// Markdown cut to what a comment or a summary may hold.

/** The most characters of a comment on GitHub. */
export const COMMENT_LIMIT = 65_536;
/** The most bytes of a step's summary. */
export const SUMMARY_LIMIT = 1_048_576;

const LEFT_OUT = 'Not everything has room here; the files of this run have all of it.';

/**
 * Joins blocks of Markdown as long as they fit, the most important first. A table is cut at a row; of what else does not fit
 * nothing is shown, so that no markup is left open.
 *
 * @param measure the length of a text in the unit of the limit
 */
export function fitText(
  blocks: readonly string[],
  limit: number,
  measure: (text: string) => number = ({ length }) => length,
): string {
  const whole = blocks.join('\n\n');
  if (measure(whole) <= limit) return whole;
  const room = limit - measure(`\n\n${LEFT_OUT}`);
  let text = '';
  for (const block of blocks) {
    const before = text === '' ? '' : `${text}\n\n`;
    text =
      measure(before + block) <= room
        ? before + block
        : (cutTable(before, block, (longer) => measure(longer) <= room) ?? text);
  }
  return `${text}\n\n${LEFT_OUT}`.trimStart();
}

/** So many rows of a table as fit; nothing where it is none, or has room for no row. */
function cutTable(before: string, block: string, fits: (text: string) => boolean): string | undefined {
  const lines = block.split('\n');
  if (!lines.every((line) => line.startsWith('| '))) return undefined;
  let [fewest, most] = [0, lines.length];
  while (most - fewest > 1) {
    const middle = Math.floor((fewest + most) / 2);
    if (fits(before + lines.slice(0, middle).join('\n'))) fewest = middle;
    else most = middle;
  }
  return fewest > 2 ? before + lines.slice(0, fewest).join('\n') : undefined;
}

/** The length of a text in bytes of UTF-8. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
