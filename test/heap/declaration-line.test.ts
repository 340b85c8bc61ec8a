// Lines of variables in their source.
import { describe, expect, it } from 'vitest';
import { declarationLine } from '../../src/heap/index.js';

const SOURCE = `// cache is what matters
import { cache as other } from './other.js';
export const cache: Map<string, Entry> = new Map();
let $list;
class Store {}
async function fill() {}
`;

describe('a declaration', () => {
  it.each([
    ['cache', 3],
    ['$list', 4],
    ['Store', 5],
    ['fill', 6],
  ])('of %s is found on its line', (name, line) => {
    expect(declarationLine(SOURCE, name)).toBe(line);
  });

  it.each(['cach', 'missing', 'not a name', '.*'])('of %s is not made up', (name) => {
    expect(declarationLine(SOURCE, name)).toBeUndefined();
  });
});
