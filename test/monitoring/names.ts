// Names in PromQL, and which of them nobody serves or records.
import { METRICS, rules } from '../../src/monitoring/index.js';

/** What rules record has colons. */
const NAMES = /\b[a-z_:]*forgebench_[a-z0-9_:]+/g;

/** Names of metrics in an expression. */
export function namesIn(expression: string): string[] {
  return expression.match(NAMES) ?? [];
}

/** Those that `/metrics` does not have and no rule records. */
export function unknownNames(expressions: readonly string[]): string[] {
  const all = rules().groups.flatMap((group) => group.rules);
  const recorded = all.flatMap((rule) => ('record' in rule ? [rule.record] : []));
  const known: readonly string[] = [...Object.keys(METRICS), ...recorded];
  return expressions.flatMap(namesIn).filter((name) => !known.includes(name));
}
