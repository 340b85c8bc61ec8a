// What goes wrong with files of runs.

/** A file of a run cannot be read or written; the message says what to do. */
export class StoreError extends Error {
  override name = 'StoreError';
}
