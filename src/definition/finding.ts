// Conditions of findings as authors write them, `exponent > 1.5`, read into what can be checked.
import type { Parameters } from '../samples/index.js';
import type { Benchmark, Condition } from './benchmark.js';
import { parseTarget } from './target.js';

const FAILURES = ['panic', 'error', 'wrong-answer'] as const;

/**
 * Reads what a finding has to show: `panic`, `exponent > 1.5`, `ratio > 3`, or a figure as a target says it, `lost > 1 %`.
 *
 * @param text the condition
 * @param about the cases that it speaks of, those to compare with, and the benchmark's own figures
 * @throws RangeError where it cannot be read
 * @example
 * parseCondition('exponent > 1.5', { where: {} }) // { kind: 'exponent', relation: '>', limit: 1.5 }
 */
export function parseCondition(
  text: string,
  about: { where: Parameters; against?: Parameters | undefined; figures?: Benchmark['figures'] },
): Condition {
  const failure = FAILURES.find((reason) => reason === text.trim());
  if (failure) return { kind: 'failure', reason: failure };
  const [, name, sign, number] = /^(exponent|ratio)\s*([<>])\s*(\d+(?:\.\d+)?)$/.exec(text.trim()) ?? [];
  const relation = sign as '<' | '>';
  if (name === 'exponent') return { kind: 'exponent', relation, limit: Number(number) };
  if (name === 'ratio') {
    if (about.against === undefined)
      throw new RangeError(
        `Cannot read "${text}": a ratio needs "against", the parameters of the case to compare with`,
      );
    return { kind: 'ratio', relation, limit: Number(number), against: about.against };
  }
  return { kind: 'figure', target: parseTarget(text, about.where, about.figures) };
}
