// moduforge-rules-template: texts with expressions in double braces. Its one function renders; nothing is kept.
import { suite } from 'forgebench';

suite('template', {
  addon: 'moduforge-rules',
  crate: 'moduforge-rules-template',
  priorities: ['Template rendering', 'Share of parsing', 'Memory of renderings'],
})
  .benchmark('render', {
    why: 'How long does it take to render a text with an expression in each line, up to a million, and how much of that is cutting the text apart?',
    priority: 'Template rendering',
    operation: 'one template rendered',
    category: 'micro',
    categories: [
      { where: { expressions: 10_000 }, category: 'integration' },
      { where: { expressions: 1_000_000 }, category: 'e2e' },
    ],
    parameters: { expressions: [10, 10_000, 1_000_000] },
    scaling: 'expressions',
    tags: ['evaluation'],
    profile: { expressions: 10_000 },
    figures: {
      'parse-share': {
        unit: '%',
        why: 'Time of rendering that goes into cutting and parsing the template itself, which each rendering does again; by pairs of a rendering and a parsing in turn.',
      },
    },
  })
  .benchmark('interpolate', {
    why: 'How long does it take to put the values of expressions into one text by a template, and by hand with the same expressions compiled once? Templates of nothing but expressions, so that the difference is what they do again each time.',
    priority: 'Template rendering',
    operation: 'one text made',
    category: 'micro',
    categories: [{ where: { expressions: 50_000 }, category: 'integration' }],
    parameters: { by: ['template', 'hand'], expressions: [10, 300, 50_000] },
    scaling: 'expressions',
    tags: ['evaluation', 'cache'],
    profile: { by: 'template', expressions: 300 },
    findings: [
      {
        what: 'A template cannot be kept: each rendering cuts, parses and compiles the template and all its expressions again, which takes longer than evaluating them.',
        source: 'moduforge-rules-template src/lib.rs:13-20, src/interpreter.rs:84-91',
        shows: 'ratio > 2',
        where: { by: 'template', expressions: 300 },
        against: { by: 'hand', expressions: 300 },
      },
    ],
  })
  .benchmark('parse', {
    why: 'How long does it take to cut a template into text and expressions? Lexer and parser are private, so the template has a bracket too many at its end, over which rendering stumbles when both are done and before anything is evaluated.',
    priority: 'Share of parsing',
    operation: 'one template parsed',
    category: 'micro',
    categories: [{ where: { expressions: 100_000 }, category: 'integration' }],
    parameters: { expressions: [10, 1_000, 100_000] },
    scaling: 'expressions',
    tags: ['stages'],
    profile: { expressions: 1_000 },
  })
  .benchmark('memory', {
    why: 'How many bytes and allocations does each further expression of a template cost while it is rendered, and how many bytes stay as text?',
    priority: 'Memory of renderings',
    operation: 'one expression of a template rendered',
    category: 'memory',
    parameters: { expressions: [10, 1_000, 100_000] },
    scaling: 'expressions',
    tags: ['allocation'],
    profile: { expressions: 1_000 },
  });
