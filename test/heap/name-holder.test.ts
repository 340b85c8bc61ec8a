// Objects that gather, in the words of their source.
import { describe, expect, it } from 'vitest';
import { type HeapStep, nameHolder } from '../../src/heap/index.js';
import { CACHE, holder, NAMING, step } from './sample-heaps.js';

const name = (steps: readonly HeapStep[]) => nameHolder(holder([1], steps), NAMING);

describe('what holds new objects', () => {
  it('is the last object on their way that was there before, by its variable', () => {
    expect(name(CACHE)).toEqual({
      text: 'Map in cache (store.js:cache)',
      way: 'cache: Map → (array) → Entry',
      place: { file: 'file:///project/store.js', line: 3 },
    });
  });

  it('is named through the properties that lead to it', () => {
    const [root, context] = CACHE as [HeapStep, HeapStep];
    const nested = [
      root,
      context,
      step('Store', { edge: 'store', edgeKind: 'context', file: 'file:///elsewhere/class.js', line: 9 }),
      step('Array', { edge: 'shelves' }),
      step('Map', { edgeKind: 'element' }),
      step('Entry', { edgeKind: 'internal', isNew: true }),
    ];
    // The place is that of the variable, not of the class.
    expect(name(nested).text).toBe('Map in store.shelves[…] (store.js:store)');
  });

  it('is a variable itself where that is set anew each time', () => {
    const list = [
      ...CACHE.slice(0, 2),
      step('Node', { edge: 'head', edgeKind: 'context', isNew: true }),
      step('Node', { edge: 'next', isNew: true }),
    ];
    expect(name(list).text).toBe('Node in head (store.js:head)');
  });

  it('is found behind new objects that hold old ones', () => {
    const waiting = step('Promise', { edgeKind: 'internal', isNew: true });
    expect(name([waiting, ...CACHE]).text).toBe('Map in cache (store.js:cache)');
  });

  it('is "this" where only a bound method leads to the object', () => {
    const bound = [
      ...CACHE.slice(0, 2),
      step('bound run', { edge: 'run', edgeKind: 'context', kind: 'closure' }),
      step('Workload', { edge: 'bound_this', edgeKind: 'internal' }),
      step('Set', { edge: 'kept' }),
      step('Entry', { edgeKind: 'internal', isNew: true }),
    ];
    expect(name(bound).text).toBe('Set in this.kept');
  });

  it('has its place alone where V8 keeps no name of the variable', () => {
    const large = [
      ...CACHE.slice(0, 2),
      step('Map', { edgeKind: 'hidden' }),
      step('Entry', { edgeKind: 'internal', isNew: true }),
    ];
    expect(name(large).text).toBe('Map in a variable (store.js:3)');
  });

  it('is a global by its property', () => {
    const global = [
      step('global'),
      step('Array', { edge: 'log' }),
      step('Entry', { edgeKind: 'element', isNew: true }),
    ];
    expect(name(global).text).toBe('Array in log');
  });

  it('is said to be nobody of the source where no variable leads to it', () => {
    const addon = [step('(Global handles)', { kind: 'internal' }), step('Entry', { edgeKind: 'element', isNew: true })];
    expect(name(addon).text).toBe("V8's own tables");
  });
});
