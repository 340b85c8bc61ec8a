// Examples of document trees run as they stand, and give what they say.
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as documents from '../../src/documents/index.js';

const SOURCES = ['docs/document-tree.md', 'src/documents/tree.ts', 'src/documents/tree-reader.ts'];

/** Code blocks of a page, and examples in the comments of a file. */
function examplesOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const blocks = file.endsWith('.md')
    ? source.matchAll(/^```js\n([\s\S]*?)^```/gm)
    : source.matchAll(/@example\n([\s\S]*?)\*\//g);
  return [...blocks].map(([, code = '']) => code.replaceAll(/^\s*\* ?/gm, ''));
}

/** Runs an example; what stands behind `//` after an expression is what it gives. */
function run(code: string): void {
  const check = (seen: unknown, expected: string): void => {
    const [, numbers] = /^Uint32Array (\[.*\])$/.exec(expected) ?? [];
    const wanted: unknown = new Function(`return ${numbers ?? expected}`)();
    const plain = seen instanceof Uint32Array ? [...seen] : seen;
    if (!isDeepStrictEqual(plain, wanted)) expect(plain).toEqual(wanted);
  };
  const body = code
    .replaceAll(/^import \{ (.*) \} from 'forgebench\/documents';$/gm, 'const { $1 } = documents;')
    .replaceAll(/^(\S.*); \/\/ (.*)$/gm, (_, expression: string, expected: string) =>
      /^(const|let) /.test(expression) ? expression : `check(${expression}, ${JSON.stringify(expected)});`,
    );
  new Function('documents', 'check', body)(documents, check);
}

describe.each(SOURCES)('the examples of %s', (file) => {
  const examples = examplesOf(file);
  it('are there', () => {
    expect(examples.length).toBeGreaterThan(0);
  });
  it.each(examples)('run: %s', (code) => {
    run(code);
  });
});
