// moduforge-rules-expression: from text to tokens, tree, bytecode and answer; natively and as WebAssembly.
import { suite } from 'forgebench';

suite('expression', {
  addon: 'moduforge-rules',
  crate: 'moduforge-rules-expression',
  priorities: [
    'Complete benchmark suite (lexer, standard parsing, unary operations, isolate execution)',
    'WASM compilation performance',
    'Custom function call overhead',
    'Variable resolution latency',
    'Expression cache effectiveness',
    'Memory allocation optimization',
  ],
})
  .benchmark('lex', {
    why: 'How long does it take to cut a sum into tokens, and does that grow in proportion to its terms? The vector of tokens is used again, as an isolate does.',
    priority: 'Complete benchmark suite (lexer, standard parsing, unary operations, isolate execution)',
    operation: 'one text cut into tokens',
    category: 'micro',
    categories: [{ where: { terms: 100_000 }, category: 'integration' }],
    parameters: { terms: [10, 1_000, 100_000] },
    scaling: 'terms',
    tags: ['stages'],
    profile: { terms: 1_000 },
  })
  .benchmark('parse', {
    why: 'How long does it take to make a syntax tree of tokens and to look through it for errors, which the crate leaves in the tree, for a sum (standard) and for a list of words to compare with (unary)? Sums have parentheses around each 32 terms, because a flat one descends a level for each term.',
    priority: 'Complete benchmark suite (lexer, standard parsing, unary operations, isolate execution)',
    operation: 'one list of tokens parsed and checked',
    category: 'micro',
    categories: [{ where: { terms: 30_000 }, category: 'integration' }],
    cases: [
      { kind: 'standard', terms: 10 },
      { kind: 'standard', terms: 300 },
      { kind: 'standard', terms: 30_000 },
      { kind: 'unary', terms: 10 },
      { kind: 'unary', terms: 300 },
      { kind: 'unary', terms: 3_000 },
    ],
    scaling: 'terms',
    tags: ['stages'],
    profile: { kind: 'standard', terms: 300 },
    figures: {
      'stack-per-term': {
        unit: 'B',
        why: 'Stack that looking for errors takes for each further term, by the addresses of locals at the deepest node; what the thread has, divided by it, is the longest expression that does not end the process.',
      },
    },
    findings: [
      {
        what: "Looking for errors in a parsed expression descends once for each term of a flat list or sum, on the thread's own stack and without the protection that parsing and compiling have: with 8 MB of stack about 130,000 terms end the process by a stack overflow.",
        source: 'moduforge-rules-expression src/parser/ast.rs:72-168',
        shows: 'stack-per-term > 16 B',
        where: { kind: 'unary', terms: 3_000 },
      },
    ],
  })
  .benchmark('compile', {
    why: 'How long does it take to make bytecode of a syntax tree, and of a text with everything new, as a program that keeps compiled expressions does? The difference is what lexer and parser take.',
    priority: 'Complete benchmark suite (lexer, standard parsing, unary operations, isolate execution)',
    operation: 'one expression compiled',
    category: 'micro',
    categories: [{ where: { terms: 30_000 }, category: 'integration' }],
    parameters: { from: ['tree', 'text'], terms: [10, 300, 30_000] },
    scaling: 'terms',
    tags: ['stages'],
    profile: { from: 'tree', terms: 300 },
  })
  .benchmark('isolate', {
    why: 'How long does it take from text to answer in an isolate that is used again and in a fresh one, for a sum, for a comparison with words (unary) and for a template string, and does that grow in proportion to the terms?',
    priority: 'Complete benchmark suite (lexer, standard parsing, unary operations, isolate execution)',
    operation: 'one text evaluated',
    category: 'micro',
    categories: [
      { where: { terms: 10_000 }, category: 'integration' },
      { where: { terms: 300_000 }, category: 'e2e' },
    ],
    cases: [
      { kind: 'standard', isolate: 'reused', terms: 1 },
      { kind: 'standard', isolate: 'reused', terms: 100 },
      { kind: 'standard', isolate: 'reused', terms: 10_000 },
      { kind: 'standard', isolate: 'reused', terms: 300_000 },
      { kind: 'standard', isolate: 'fresh', terms: 1 },
      { kind: 'standard', isolate: 'fresh', terms: 100 },
      { kind: 'standard', isolate: 'fresh', terms: 10_000 },
      { kind: 'unary', isolate: 'reused', terms: 2 },
      { kind: 'unary', isolate: 'fresh', terms: 2 },
      { kind: 'template', isolate: 'reused', terms: 3 },
      { kind: 'template', isolate: 'fresh', terms: 3 },
    ],
    scaling: 'terms',
    tags: ['evaluation'],
    profile: { kind: 'standard', isolate: 'reused', terms: 100 },
  })
  .benchmark('wasm', {
    why: 'How long does it take to compile the crate for wasm32-unknown-unknown and to link a module with it, and how long does one evaluation take there, compiled before or not, as cache[terms=1] has it natively? It needs that target ("rustup target add wasm32-unknown-unknown") and, once, "node benches/expression/wasm.mjs", and says so where they are missing; a build takes some twelve seconds of CPU time, so a busy machine needs a longer "timeout" in the configuration.',
    priority: 'WASM compilation performance',
    operation: 'one build, or one evaluation',
    category: 'micro',
    categories: [{ where: { of: 'build' }, category: 'e2e' }],
    parameters: { of: ['build', 'precompiled', 'interpreted'] },
    tags: ['wasm', 'evaluation', 'on-demand'],
    profile: { of: 'precompiled' },
    figures: {
      'module-size': {
        unit: 'B',
        why: 'What a page has to load: the module without debug information, with the small crate for regular expressions, not optimised any further.',
      },
    },
    module: { file: './expression/wasm.mjs', export: 'wasm' },
  })
  .benchmark('custom-function', {
    why: 'What does a call of a registered function cost against a call of the built-in abs, which does the same with one argument, and what do further arguments and a state that the function reads add? The expressions are compiled before; functions are found by name in a table of the thread.',
    priority: 'Custom function call overhead',
    operation: 'one expression of one call evaluated',
    category: 'micro',
    cases: [
      { function: 'built-in', arguments: 1 },
      { function: 'custom', arguments: 1 },
      { function: 'custom', arguments: 4 },
      { function: 'custom', arguments: 16 },
      { function: 'custom-with-state', arguments: 1 },
    ],
    scaling: 'arguments',
    tags: ['evaluation', 'functions'],
    profile: { function: 'custom', arguments: 4 },
  })
  .benchmark('variable', {
    why: 'How long does it take to find the value at the end of a path, by the names in the path and by the keys of each object on it?',
    priority: 'Variable resolution latency',
    operation: 'one path evaluated',
    category: 'micro',
    cases: [
      { depth: 1, width: 10 },
      { depth: 10, width: 10 },
      { depth: 100, width: 10 },
      { depth: 1, width: 1_000 },
      { depth: 1, width: 100_000 },
    ],
    scaling: 'depth',
    tags: ['evaluation', 'variables'],
    profile: { depth: 10, width: 10 },
  })
  .benchmark('context', {
    why: 'How long does it take to turn JSON into the variable that expressions are evaluated over, which precedes every evaluation of data from outside?',
    priority: 'Variable resolution latency',
    operation: 'one JSON object turned into a variable',
    category: 'micro',
    categories: [{ where: { keys: 50_000 }, category: 'integration' }],
    parameters: { keys: [100, 1_000, 50_000] },
    scaling: 'keys',
    tags: ['variables'],
    profile: { keys: 1_000 },
  })
  .benchmark('cache', {
    why: 'How much does it save to keep what was compiled, against an isolate that has run the same text before and against everything new? The crate has no cache: who wants one keeps the compiled expression.',
    priority: 'Expression cache effectiveness',
    operation: 'one expression evaluated',
    category: 'micro',
    parameters: { how: ['precompiled', 'isolate', 'interpreted'], terms: [1, 20, 200] },
    scaling: 'terms',
    tags: ['evaluation', 'cache'],
    profile: { how: 'isolate', terms: 20 },
    findings: [
      {
        what: 'An isolate cuts, parses and compiles a text again each time it runs it, also the one that it has just run, so an evaluation takes several times what the compiled expression takes.',
        source: 'moduforge-rules-expression src/isolate.rs:115-136',
        shows: 'ratio > 2',
        where: { how: 'isolate', terms: 200 },
        against: { how: 'precompiled', terms: 200 },
      },
    ],
  })
  .benchmark('memory', {
    why: 'How many bytes and allocations does each further expression of two terms hold while all are kept, as bytecode or each in an isolate of its own that has run it?',
    priority: 'Memory allocation optimization',
    operation: 'one expression kept',
    category: 'memory',
    cases: [
      { keep: 'compiled', expressions: 100 },
      { keep: 'compiled', expressions: 1_000 },
      { keep: 'compiled', expressions: 10_000 },
      { keep: 'isolate', expressions: 1_000 },
    ],
    scaling: 'expressions',
    tags: ['allocation'],
    profile: { keep: 'compiled', expressions: 1_000 },
  });
