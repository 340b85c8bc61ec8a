// Parts of one comparison that were measured on machines of their own.
import { engine } from '../native/index.js';
import { distinct } from '../units/index.js';
import type { ComparedCase, LaunchComparison } from './compare-launches.js';
import type { ComparedRun, RunComparison } from './compare-runs.js';

/**
 * One comparison of several that have no case in common. Verdicts stand, because each case was measured on one machine;
 * how often a p-value so small is chance is asked anew, over all cases together.
 *
 * @throws RangeError where there is none to merge
 * @example
 * mergeComparisons([first, second]).cases.length // that of both together
 */
export function mergeComparisons(parts: readonly RunComparison[]): RunComparison {
  const [first] = parts;
  if (first === undefined) throw new RangeError('Cannot merge comparisons: there is none');
  const all = <T>(list: (part: RunComparison) => readonly T[] | undefined) => parts.flatMap((part) => list(part) ?? []);
  const explanations = all((part) => part.explanations);
  return {
    base: mergeSides(parts.map(({ base }) => base)),
    head: mergeSides(parts.map(({ head }) => head)),
    cases: withRates(all(({ cases }) => cases)),
    machineState: mergeStates(parts.map(({ machineState }) => machineState)),
    differences: distinct(all(({ differences }) => differences)),
    onlyIn: {
      base: distinct(all(({ onlyIn }) => onlyIn.base)),
      head: distinct(all(({ onlyIn }) => onlyIn.head)),
    },
    withoutTime: all(({ withoutTime }) => withoutTime),
    counters: all(({ counters }) => counters),
    sameCode: all(({ sameCode }) => sameCode),
    instructions: all(({ instructions }) => instructions),
    disagreements: all(({ disagreements }) => disagreements),
    leftOut: {
      base: distinct(all(({ leftOut }) => leftOut?.base)),
      head: distinct(all(({ leftOut }) => leftOut?.head)),
    },
    failed: { base: all(({ failed }) => failed?.base), head: all(({ failed }) => failed?.head) },
    ...(explanations.length > 0 && { explanations }),
  };
}

/** Cases that were not measured have a p-value of 1, and are no tests among which chance could have chosen. */
function withRates(cases: readonly ComparedCase[]): ComparedCase[] {
  const measured = cases.filter(({ typical }) => typical !== null);
  const rates = engine().falseDiscoveryRates(Float64Array.from(measured, ({ pValue }) => pValue));
  const byId = new Map(measured.map(({ id }, index) => [id, rates[index] as number]));
  return cases.map((each) => ({ ...each, qValue: byId.get(each.id) ?? each.qValue }));
}

/** All runs by name; what was under test is the same in each, as far as a part has needed it. */
function mergeSides(sides: readonly ComparedRun[]): ComparedRun {
  const [first] = sides as readonly [ComparedRun];
  const startedAt = sides.map((side) => side.startedAt).sort()[0] as string;
  const id = distinct(sides.map((side) => side.id)).join(' + ');
  return { ...first, id, startedAt, subjects: Object.assign({}, ...sides.map(({ subjects }) => subjects)) };
}

/** Each machine has a state of its own. */
function mergeStates(states: readonly LaunchComparison['machineState'][]): LaunchComparison['machineState'] {
  const seen = states.filter((state) => state !== null);
  const [first] = seen;
  if (first === undefined) return null;
  const sum = (way: 'slower' | 'faster') => seen.reduce((total, state) => total + state[way], 0);
  return { slower: sum('slower'), faster: sum('faster'), text: distinct(seen.map(({ text }) => text)).join(' ') };
}
