// What the user can mend: a flag, a configuration, a set-up.

/** Wrong usage or configuration; the message says what to do. */
export class UsageError extends Error {
  override name = 'UsageError';
}
