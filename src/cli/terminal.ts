// What standard output can show.

/** Columns that a text may have; where nobody reads it at a terminal, as many as most tables need. */
export function outputWidth(): number {
  return process.stdout.columns ?? 120;
}

/** Whether colours are shown and wanted (https://no-color.org). */
export function hasColours(): boolean {
  return process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
}
