// What may fail by a version's own fault, such as a revision that does not build.
import { describeError, EXIT, exitCodeOf } from './exit-code.js';

/** What came of it, or why a person can expect nothing; what is forgebench's own fault is thrown. */
export async function attempt<T>(open: () => Promise<T>): Promise<{ value: T } | { reason: string }> {
  try {
    return { value: await open() };
  } catch (error) {
    if (exitCodeOf(error) !== EXIT.usage) throw error;
    return { reason: describeError(error as Error) };
  }
}
