// Examples in docstrings and on the page run, and their comments say what comes out.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as documents from '../../src/documents/index.js';

const FILES = ['text.ts', 'text-batch.ts', 'text-patches.ts', 'text-transactions.ts', 'text-yjs.ts'];

/** Examples of a source file, without the stars of their comment. */
function examplesOf(file: string): string[] {
  const source = readFileSync(`src/documents/${file}`, 'utf8');
  const found = [...source.matchAll(/@example\n([\s\S]*?)\n *\*\//g)].map(([, example = '']) => example);
  return found.map((example) => example.replaceAll(/^ *\* ?/gm, ''));
}

/** Blocks of TypeScript below the headings about texts. */
function blocksOf(page: string): string[] {
  const [, texts = ''] = /^## Texts$([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(readFileSync(page, 'utf8')) ?? [];
  return [...texts.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block = '']) => block);
}

/** Runs an example; a line `value; // expected` is a claim. Returns how many claims were made. */
function run(example: string): number {
  const code = example.replaceAll(/^import (\{[^}]*\}) from 'forgebench\/documents';$/gm, 'const $1 = documents;');
  const claim = /^(.+); \/\/ ('.*'|true|false|[0-9.]+)$/gm;
  const checked = code.replaceAll(claim, 'expect($1).toBe($2);');
  new Function('documents', 'expect', checked)(documents, expect);
  return [...code.matchAll(claim)].length;
}

describe('examples of texts', () => {
  it.each(FILES)('%s says what comes out', (file) => {
    const examples = examplesOf(file);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(run(example)).toBeGreaterThan(0);
  });

  it('the page says what comes out', () => {
    const blocks = blocksOf('docs/documents.md');
    expect(blocks.length).toBeGreaterThan(2);
    expect(blocks.map(run).reduce((sum, claims) => sum + claims)).toBeGreaterThan(blocks.length);
  });
});
