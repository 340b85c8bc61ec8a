// The only door of the room: figures to text, text to figures, names.
export { counted } from './counted.js';
export { distinct } from './distinct.js';
export { escapeForRegExp } from './escape-for-reg-exp.js';
export {
  formatBytes,
  formatCount,
  formatDuration,
  formatInterval,
  formatNs,
  formatPercent,
  formatRate,
  MISSING,
} from './format.js';
export { formatMoment } from './format-moment.js';
export { formatValue } from './format-value.js';
export { isDuration, parseDuration } from './parse-duration.js';
export type { Dimension, Quantity } from './parse-quantity.js';
export { parseQuantity } from './parse-quantity.js';
export { slug } from './slug.js';
export { histogramBars, sparkline } from './sparkline.js';
export { suggest } from './suggest.js';
