// moduforge-model: nodes, trees, marks, schemas, and the pool that looks nodes up.
import { suite } from 'forgebench';

suite('model', {
  addon: 'moduforge',
  crate: 'moduforge-model',
  priorities: [
    'Node creation rate',
    'Tree traversal speed',
    'Attribute lookup performance',
    'Schema validation overhead',
    'Memory fragmentation under load',
    'Node creation and manipulation',
    'Tree traversal and queries',
    'Attribute and mark operations',
  ],
})
  .benchmark('node-create', {
    why: 'How many nodes with their attributes can be made per second, by hand and through the factory that reads the schema?',
    operation: 'one node created',
    priority: 'Node creation rate',
    category: 'micro',
    cases: [
      { attributes: 0, via: 'new' },
      { attributes: 3, via: 'new' },
      { attributes: 20, via: 'new' },
      { attributes: 200, via: 'new' },
      { attributes: 3, via: 'factory' },
    ],
    scaling: 'attributes',
    targets: [{ target: 'throughput > 100k/s', where: { attributes: 3 } }],
    tags: ['node', 'allocation'],
    profile: { attributes: 3, via: 'factory' },
  })
  .benchmark('id-generate', {
    why: 'What does the random id of a new node cost, a UUID in base 62?',
    operation: 'one id generated',
    priority: 'Node creation rate',
    category: 'micro',
    tags: ['node'],
  })
  .benchmark('tree-build', {
    why: 'How does building a document grow with its nodes, at once from nested parts and paragraph by paragraph? Tree::add looks through all children of the parent for each one that it adds, so n additions are quadratic.',
    operation: 'one document built',
    priority: 'Node creation and manipulation',
    category: 'integration',
    categories: [
      { where: { nodes: 100 }, category: 'micro' },
      { where: { nodes: 60_000 }, category: 'e2e' },
    ],
    cases: [
      { nodes: 100, via: 'pool' },
      { nodes: 10_000, via: 'pool' },
      { nodes: 60_000, via: 'pool' },
      { nodes: 500, via: 'add' },
      { nodes: 1_000, via: 'add' },
      { nodes: 2_000, via: 'add' },
    ],
    scaling: 'nodes',
    findings: [
      {
        what: 'Tree::add looks through all children of the parent for the one that it adds, so that adding n paragraphs to one parent takes time in proportion to n².',
        source: 'moduforge-model src/tree.rs:331-335, src/node.rs:147-152',
        shows: 'exponent > 1.3',
        where: { via: 'add' },
      },
    ],
    tags: ['tree'],
    profile: { nodes: 10_000, via: 'pool' },
  })
  .benchmark('tree-traverse', {
    why: 'What does each node of a walk cost as the tree gets deeper, down to all descendants and up from a leaf to the root? An exponent of 0 says that the walk is linear.',
    operation: 'one node visited',
    priority: 'Tree traversal speed',
    category: 'micro',
    cases: [
      { fan: 2, depth: 6, walk: 'down' },
      { fan: 2, depth: 10, walk: 'down' },
      { fan: 2, depth: 14, walk: 'down' },
      { fan: 1, depth: 1_000, walk: 'up' },
    ],
    scaling: 'depth',
    tags: ['tree', 'traversal'],
    profile: { fan: 2, depth: 10, walk: 'down' },
  })
  .benchmark('tree-query', {
    why: 'How long does a query by type and attribute take that finds one node in a hundred? The crate keeps no index: every query scans the whole document, in one thread or in one for each shard.',
    operation: 'one query answered',
    priority: 'Tree traversal and queries',
    category: 'integration',
    categories: [{ where: { nodes: 1_000 }, category: 'micro' }],
    cases: [
      { nodes: 1_000, by: 'engine' },
      { nodes: 30_000, by: 'engine' },
      { nodes: 80_000, by: 'engine' },
      { nodes: 30_000, by: 'parallel' },
    ],
    scaling: 'nodes',
    tags: ['tree', 'query'],
    profile: { nodes: 30_000, by: 'engine' },
  })
  .benchmark('attribute-get', {
    why: 'How long does the lookup of an attribute by its name take as a node gets more of them? An iteration makes 256 lookups, so that calling it costs nothing beside them.',
    operation: 'one attribute read',
    priority: 'Attribute lookup performance',
    category: 'micro',
    parameters: { attributes: [3, 20, 200] },
    scaling: 'attributes',
    targets: ['p50 < 10 µs'],
    tags: ['node', 'attributes'],
    profile: { attributes: 20 },
  })
  .benchmark('mark', {
    why: 'What does it cost to add a mark to a node that has others, to remove one, and to find the node that has it? The crate finds marks by a scan only, here of 257 nodes.',
    operation: 'one node marked, unmarked or searched',
    priority: 'Attribute and mark operations',
    category: 'micro',
    cases: [
      { op: 'add', marks: 1 },
      { op: 'add', marks: 5 },
      { op: 'add', marks: 20 },
      { op: 'remove', marks: 5 },
      { op: 'find', marks: 5 },
    ],
    scaling: 'marks',
    tags: ['node', 'marks'],
    profile: { op: 'add', marks: 5 },
  })
  .benchmark('schema-compile', {
    why: 'How does compiling a schema grow with its types, and with the optional names in one content rule? States of the content automaton are copied by value, so that each further name nearly doubles time and memory.',
    operation: 'one schema compiled',
    priority: 'Schema validation overhead',
    category: 'micro',
    categories: [
      { where: { optionals: 9 }, category: 'integration' },
      { where: { optionals: 12 }, category: 'integration' },
    ],
    cases: [
      { types: 16, optionals: 4 },
      { types: 48, optionals: 4 },
      { types: 16, optionals: 9 },
      { types: 16, optionals: 12 },
    ],
    scaling: 'optionals',
    findings: [
      {
        what: 'The states of the content automaton hold each other by value, so that each further optional name in one content rule nearly doubles the time and the memory that compiling the schema takes.',
        source: 'moduforge-model src/content.rs:465-526',
        shows: 'exponent > 3',
        where: { types: 16 },
      },
    ],
    tags: ['schema'],
    profile: { types: 16, optionals: 9 },
  })
  .benchmark('schema-validate', {
    why: 'What does a check of a document cost: its attributes, its hierarchy, its content? The content check compares definitions that can never be equal, stops at the first child and accepts any content, so its figure is its cost alone; the hierarchy check is quadratic in the children of one parent.',
    operation: 'one document checked',
    priority: 'Schema validation overhead',
    category: 'micro',
    categories: [
      { where: { check: 'hierarchy', nodes: 1_000 }, category: 'integration' },
      { where: { check: 'hierarchy', nodes: 10_000 }, category: 'e2e' },
    ],
    cases: [
      { check: 'hierarchy', nodes: 100 },
      { check: 'hierarchy', nodes: 1_000 },
      { check: 'hierarchy', nodes: 10_000 },
      { check: 'attributes', nodes: 1_000 },
      { check: 'content', nodes: 1_000 },
    ],
    scaling: 'nodes',
    findings: [
      {
        what: 'validate_hierarchy looks for each node among all children of its parent, so that the check of n paragraphs under one root takes time in proportion to n².',
        source: 'moduforge-model src/node_pool.rs:184-203',
        shows: 'exponent > 1.5',
        where: { check: 'hierarchy' },
      },
      {
        what: 'check_content compares definitions that are never equal, gives up at the first child and reports any content as valid: it takes about a hundredth of the time of the attribute check, because it checks nothing.',
        source: 'moduforge-model src/node_definition.rs:150-164, src/content.rs:64-72',
        shows: 'ratio > 10',
        where: { check: 'attributes', nodes: 1_000 },
        against: { check: 'content', nodes: 1_000 },
      },
    ],
    tags: ['schema'],
    profile: { check: 'hierarchy', nodes: 1_000 },
  })
  .benchmark('pool-lookup', {
    why: 'How long does the lookup of a node by its id take as the document grows, with the process-wide shard cache warm and cold, and does a second thread help? Every lookup locks a part of that cache, which forgets no id of a dropped document.',
    operation: 'one node looked up',
    priority: 'Tree traversal and queries',
    category: 'micro',
    cases: [
      { nodes: 1_000, cache: 'warm', threads: 1 },
      { nodes: 10_000, cache: 'warm', threads: 1 },
      { nodes: 100_000, cache: 'warm', threads: 1 },
      { nodes: 1_000, cache: 'warm', threads: 2 },
      { nodes: 1_000, cache: 'cold', threads: 1 },
    ],
    scaling: 'nodes',
    findings: [
      {
        what: 'Every lookup locks a part of a cache of shard numbers that the whole process shares, so that two threads together find no more nodes per second than one alone.',
        source: 'moduforge-model src/tree.rs:41-42,93-117',
        shows: 'ratio > 0.9',
        where: { nodes: 1_000, cache: 'warm', threads: 2 },
        against: { nodes: 1_000, cache: 'warm', threads: 1 },
      },
      {
        what: 'The cache of shard numbers never forgets an id, so that the ids of dropped documents stay in memory as long as the process lives.',
        source: 'moduforge-model src/tree.rs:41-42,93-117',
        shows: 'ids-kept > 90 %',
      },
    ],
    figures: {
      'ids-kept': { unit: '%', why: 'Ids of a dropped document that the process-wide cache still holds.' },
    },
    tags: ['pool', 'cache', 'threads'],
    profile: { nodes: 10_000, cache: 'warm', threads: 1 },
  })
  .benchmark('memory-layout', {
    why: 'How many bytes and allocations is a node of a document, and how much more does the process hold than is live once the document was edited all over? The crate has no figures of its own, so the allocator counts.',
    operation: 'one node of a document',
    priority: 'Memory fragmentation under load',
    category: 'memory',
    parameters: { nodes: [1_000, 10_000, 30_000] },
    scaling: 'nodes',
    targets: ['live-growth < 10 %', 'leak < 1 B'],
    figures: {
      'rss-over-live': {
        unit: 'ratio',
        why: 'Resident bytes that an edited document adds to the process over its live bytes: 1 is no fragmentation at all.',
      },
    },
    tags: ['tree', 'allocation'],
    profile: { nodes: 10_000 },
  });
