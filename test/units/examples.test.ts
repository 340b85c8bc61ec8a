// The examples in the docstrings of the room are run, so that they stay true.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as units from '../../src/units/index.js';

const room = new URL('../../src/units/', import.meta.url);

/** Lines such as `slug('a'); // 'a_ca9781'` after `@example`. */
function examplesOf(file: string): { code: string; value: string }[] {
  const lines = readFileSync(new URL(file, room), 'utf8').matchAll(/^ \* (\w+\(.*\)); \/\/ (.+)$/gm);
  return [...lines].map(([, code = '', value = '']) => ({ code, value }));
}

function evaluate(expression: string): unknown {
  return new Function(...Object.keys(units), `return (${expression})`)(...Object.values(units));
}

describe.each(readdirSync(room).filter((file) => file !== 'index.ts'))('examples of %s', (file) => {
  const examples = examplesOf(file);

  it('exist', () => {
    expect(examples).not.toEqual([]);
  });

  it.each(examples)('$code', ({ code, value }) => {
    expect(evaluate(code)).toEqual(evaluate(value));
  });
});
