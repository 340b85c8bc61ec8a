// A step of the build: what it reads, how it is done, and what it makes.
import { duration, showProgress } from '../setup/progress.mjs';
import { hashInputs, isCurrent, recordStamp } from '../setup/stamp.mjs';

/** One step; it is left out where a stamp says that neither inputs nor outputs have changed. */
export interface BuildStep {
  name: string;
  /** Files and folders that the result depends on. */
  inputs: readonly string[];
  /** What else it depends on, such as the version of a compiler. */
  versions: readonly string[];
  /** Does it, tells how far it is, and returns the files that it made. */
  run(tell: Tell): Promise<string[]>;
}

/** Takes what to show from now on; it is asked again each time, because the time left changes by itself. */
export type Tell = (howFar: () => string) => void;

/** A step could not be done; the message says which, why, and what to do. */
export class BuildError extends Error {
  override name = 'BuildError';
}

/**
 * Does a step unless it has been done.
 *
 * @returns Whether there was anything to do.
 * @throws {BuildError} Where the step failed; it has no stamp then, so the next call does it again.
 */
export async function runStep(step: BuildStep): Promise<boolean> {
  const stamp = `build-${step.name.replaceAll(/[^a-z0-9]+/gi, '-')}`;
  const inputs = hashInputs(step.inputs, step.versions);
  if (isCurrent(stamp, inputs)) return false;
  const started = Date.now();
  let howFar = (): string => `${duration(Date.now() - started)} so far`;
  const stop = showProgress(() => `Building ${step.name}: ${howFar()}`);
  try {
    const outputs = await step.run((latest) => {
      howFar = latest;
    });
    recordStamp(stamp, { inputs, outputs });
  } finally {
    stop();
  }
  process.stderr.write(`Built ${step.name}: ${duration(Date.now() - started)}\n`);
  return true;
}
