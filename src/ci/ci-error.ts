// What the author of a workflow can mend.

/** A workflow is not set up for what was asked of it; the message says what is missing and what to write. */
export class CiError extends Error {
  override name = 'CiError';
}
