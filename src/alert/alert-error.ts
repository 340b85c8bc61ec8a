// Why somebody was not told.

/** A channel is not set up, or did not take a message; the message says what to do, and no secret. */
export class AlertError extends Error {
  override name = 'AlertError';
}
