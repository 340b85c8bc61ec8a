// Series and ways as the engine gives them, with what a test does not look at left out.
import type { ClassSeries, HeapStep, Holder, NamingOptions } from '../../src/heap/index.js';

/** A step; what is old has no `isNew`. */
export function step(name: string, rest: Partial<HeapStep> = {}): HeapStep {
  return { name, kind: 'object', edgeKind: 'property', isNew: false, ...rest };
}

/** `cache` of `store.js`, whose functions begin on line 3, gathers entries. */
export const CACHE: readonly HeapStep[] = [
  step('(GC roots)', { edgeKind: 'element', kind: 'internal' }),
  step('system / Context', { edge: 'context', edgeKind: 'internal', file: 'file:///project/store.js', line: 3 }),
  step('Map', { edge: 'cache', edgeKind: 'context' }),
  step('(array)', { edge: 'table', edgeKind: 'internal', kind: 'array', isNew: true }),
  step('Entry', { edgeKind: 'internal', isNew: true }),
];

export function holder(born: number[], steps: readonly HeapStep[] = CACHE, selfBytes = 100): Holder {
  return { born, selfBytes, steps: [...steps] };
}

export function series(rest: Partial<ClassSeries>): ClassSeries {
  const flat = [0, 0, 0];
  const figures = { counts: flat, selfBytes: flat, retainedBytes: flat };
  return { name: 'Entry', kind: 'object', added: 0, holders: [], ...figures, ...rest };
}

export const NAMING: NamingOptions = {
  showPlace: (file, line, variable) => `${file.split('/').at(-1)}:${variable ?? line}`,
};
