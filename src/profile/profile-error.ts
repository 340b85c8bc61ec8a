// What is wrong with a profile that was read or is to be written.
import { z } from 'zod';

/** A file that is no profile, or a profile that a format cannot hold; the message says what to do. */
export class ProfileError extends Error {
  override name = 'ProfileError';
}

/**
 * Does what `read` does; whatever it throws becomes one sentence with a remedy.
 *
 * @param what the kind of file, as a person calls it: `CPU profile`
 * @throws ProfileError
 */
export function readingAs<T>(what: string, read: () => T, remedy = 'record it again'): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProfileError) throw error;
    throw new ProfileError(`Cannot read ${what}: ${reasonOf(error as Error)}; ${remedy}`, { cause: error });
  }
}

function reasonOf(error: Error): string {
  if (!(error instanceof z.ZodError)) return error.message;
  const [issue] = error.issues;
  return issue === undefined ? 'it has another shape' : `${issue.path.join('.') || 'the whole'}: ${issue.message}`;
}
