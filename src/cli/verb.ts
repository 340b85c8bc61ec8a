// What verbs have in common: options, examples, exit codes.

const SELECT = 'ids, benchmarks or patterns with *, or crate:NAME, category:NAME, tag:NAME';
export const ALL = `${SELECT}; all cases where there are none`;
export const MOST = `${SELECT}; all cases but those tagged on-demand where there are none`;
export const MIN_EFFECT = ['--min-effect <share>', 'the smallest change that matters; 1%'] as const;
export const TOLERANCE = '--tolerance <share>';
export const STORE = [
  '--store <place>',
  'file of the store, or postgres://USER@HOST/DATABASE; .forgebench/forgebench.db, or what FORGEBENCH_STORE says',
] as const;

/** The examples below a verb's help. */
export function examples(lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  forgebench ${line}`).join('\n')}\n`;
}

type Verb<A extends unknown[]> = (...args: A) => Promise<number>;

/** Lets a verb's number become the exit code. */
export function command<A extends unknown[]>(verb: Verb<A>): (...args: A) => Promise<void> {
  return async (...args) => {
    process.exitCode = await verb(...args);
  };
}
