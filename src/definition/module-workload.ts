// What the export of a `module` benchmark has to return; types for authors of such modules.

/** A piece of JavaScript under test, set up for one case. */
export interface ModuleWorkload<Input = unknown, Output = unknown> {
  /** Makes the input of one iteration; never timed. */
  input?(): Input;
  /** The timed body, synchronous or asynchronous. */
  run(input: Input): Output | Promise<Output>;
  /** Checks the answer of one iteration before anything is timed: throws where it is wrong. */
  verify(output: Output): void | Promise<void>;
  /** Operations of one iteration; 1 where it is absent. */
  operations?: number;
  /** Figures of its own that it knows after it was measured; the definition says their units. */
  figures?(): Record<string, number>;
  /** Releases what the set-up took. */
  teardown?(): void | Promise<void>;
}

/** The export itself: a factory that gets the case's parameters. */
export type ModuleWorkloadFactory<P, Input = unknown, Output = unknown> = (
  parameters: P,
) => ModuleWorkload<Input, Output> | Promise<ModuleWorkload<Input, Output>>;
