// The only door of the room: when a series of figures changed.
export { type Change, DEFAULT_HISTORY_OPTIONS, findChanges, type HistoryOptions } from './find-changes.js';
