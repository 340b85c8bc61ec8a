// Which runs a rule removes.
import { describe, expect, it } from 'vitest';
import { applyRetention, type StoredEntry } from '../../src/store/index.js';

const entry = (id: string, day: number, status: StoredEntry['status'] = 'finished'): StoredEntry => ({
  id,
  origin: 'forgebench',
  startedAt: `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`,
  status,
  fingerprint: '0123',
  commit: null,
  subjects: {},
});
const ENTRIES = [entry('a', 1), entry('b', 2), entry('c', 3, 'interrupted'), entry('d', 4), entry('e', 5)];
const NOTHING = { protected: new Map<string, string>(), telling: new Set<string>() };
const removed = (...args: Parameters<typeof applyRetention>) => applyRetention(...args).remove.map(({ id }) => id);

describe('a rule', () => {
  it('by age removes what started before', () => {
    expect(removed(ENTRIES, { before: new Date('2026-01-03T12:00:00Z') }, NOTHING)).toEqual(['a', 'b', 'c']);
  });

  it('by count keeps the most important: told of, then finished, then interrupted, newer first', () => {
    expect(removed(ENTRIES, { keep: 4 }, NOTHING)).toEqual(['c']);
    expect(removed(ENTRIES, { keep: 2 }, NOTHING)).toEqual(['a', 'b', 'c']);
    expect(removed(ENTRIES, { keep: 2 }, { ...NOTHING, telling: new Set(['a']) })).toEqual(['b', 'c', 'd']);
    expect(removed(ENTRIES, { keep: 0 }, NOTHING)).toHaveLength(5);
  });

  it('never removes what is protected, and says why', () => {
    const facts = { ...NOTHING, protected: new Map([['a', 'baseline "main"']]) };
    const { remove, spared } = applyRetention(ENTRIES, { before: new Date('2026-02-01'), keep: 0 }, facts);
    expect(remove.map(({ id }) => id)).toEqual(['b', 'c', 'd', 'e']);
    expect(spared).toEqual([{ id: 'a', reason: 'baseline "main"' }]);
  });

  it('by both removes what either does', () => {
    expect(removed(ENTRIES, { before: new Date('2026-01-01T12:00:00Z'), keep: 4 }, NOTHING)).toEqual(['a', 'c']);
  });
});
