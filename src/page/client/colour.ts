// Colours that programs draw with are those of the style sheet.

/** The present value of a colour of the style sheet, such as `--series-1`. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
