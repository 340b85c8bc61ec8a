// Examples of documentation run as they stand, and give what they say.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Code blocks in JavaScript of a page, or the examples in the comments of a file. */
function examplesOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const blocks = file.endsWith('.md')
    ? source.matchAll(/^```js\n([\s\S]*?)^```/gm)
    : source.matchAll(/@example\n([\s\S]*?)\*\//g);
  return [...blocks].map(([, code = '']) => code.replaceAll(/^\s*\* ?/gm, ''));
}

/**
 * Runs an example that imports names of one entry of the package. What stands behind `//` after an expression is what it
 * gives; of numbers that are no whole ones, nine digits.
 */
export function runExample(code: string, exports: Readonly<Record<string, unknown>>): void {
  const check = (seen: unknown, expected: string): void => {
    const [, numbers] = /^(?:Uint32|Float64)Array (\[.*\])$/.exec(expected) ?? [];
    const wanted: unknown = new Function(`return ${numbers ?? expected}`)();
    expect(rounded(ArrayBuffer.isView(seen) ? [...(seen as Float64Array)] : seen)).toEqual(rounded(wanted));
  };
  const body = code
    .replaceAll(/^import \{ (.*) \} from 'forgebench\/[a-z]+';$/gm, 'const { $1 } = exports;')
    .replaceAll(/^(\S.*); \/\/ (.*)$/gm, (_, expression: string, expected: string) =>
      /^(const|let) /.test(expression) ? expression : `check(${expression}, ${JSON.stringify(expected)});`,
    );
  new Function('exports', 'check', body)(exports, check);
}

function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toPrecision(9));
  return Array.isArray(value) ? value.map(rounded) : value;
}

/** Tests that each file has examples and that they run; that a wrong one would fail is tested once, with those of statistics. */
export function describeExamples(files: readonly string[], exports: Readonly<Record<string, unknown>>): void {
  describe.each(files)('the examples of %s', (file) => {
    const examples = examplesOf(file);
    it('are there', () => {
      expect(examples.length).toBeGreaterThan(0);
    });
    it.each(examples)('run: %s', (code) => {
      runExample(code, exports);
    });
  });
}
