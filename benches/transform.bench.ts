// moduforge-transform: steps, batches and chains of steps, and their inverses.
import { suite } from 'forgebench';

suite('transform', {
  addon: 'moduforge',
  crate: 'moduforge-transform',
  priorities: [
    'Step execution rate',
    'Batch transformation efficiency',
    'Transformation chain latency',
    'Memory usage during complex operations',
    'Validation overhead',
    'Undo/redo operations',
  ],
})
  .benchmark('step', {
    why: 'How many steps of each kind are applied per second to a document whose paragraphs share one parent? Adding, removing and moving look through all children of the parent, and even a step that succeeds builds the error that it would return, which is why launches switch backtraces off.',
    operation: 'one step applied to a new transform',
    priority: 'Step execution rate',
    category: 'micro',
    categories: [{ where: { kind: 'move', nodes: 30_000 }, category: 'integration' }],
    cases: [
      { kind: 'attr', nodes: 1_000 },
      { kind: 'mark', nodes: 1_000 },
      { kind: 'add', nodes: 100 },
      { kind: 'add', nodes: 1_000 },
      { kind: 'add', nodes: 10_000 },
      { kind: 'remove', nodes: 1_000 },
      { kind: 'move', nodes: 100 },
      { kind: 'move', nodes: 1_000 },
      { kind: 'move', nodes: 30_000 },
    ],
    scaling: 'nodes',
    targets: [{ target: 'throughput > 10k/s', where: { nodes: 1_000 } }],
    findings: [
      {
        what: 'AddNodeStep looks for the new node among all children of its parent before it adds it, so that a step gets slower with every paragraph that the parent already has.',
        source: 'moduforge-model src/tree.rs:331-335, moduforge-transform src/node_step.rs:46',
        shows: 'exponent > 0.3',
        where: { kind: 'add' },
      },
      {
        what: 'MoveNodeStep copies the whole list of children that the node leaves, so that the time of one step is in proportion to the size of the parent.',
        source: 'moduforge-model src/tree.rs:578-590',
        shows: 'exponent > 0.6',
        where: { kind: 'move' },
      },
    ],
    tags: ['step'],
    profile: { kind: 'move', nodes: 1_000 },
  })
  .benchmark('batch', {
    why: 'What is gained by applying many attribute steps as a batch, against one by one and against one BatchStep, which takes a snapshot before each of its steps so that it can roll back?',
    operation: 'all steps applied',
    priority: 'Batch transformation efficiency',
    category: 'integration',
    categories: [
      { where: { steps: 100 }, category: 'micro' },
      { where: { steps: 80_000 }, category: 'e2e' },
    ],
    cases: [
      { steps: 100, via: 'batch' },
      { steps: 2_000, via: 'batch' },
      { steps: 80_000, via: 'batch' },
      { steps: 2_000, via: 'loop' },
      { steps: 2_000, via: 'batch-step' },
    ],
    scaling: 'steps',
    tags: ['step', 'batch'],
    profile: { steps: 2_000, via: 'batch' },
  })
  .benchmark('chain', {
    why: 'How long does a chain of dependent steps take, each paragraph added under the one before and then edited, with the commit at the end?',
    operation: 'one chain applied and committed',
    priority: 'Transformation chain latency',
    category: 'micro',
    categories: [{ where: { length: 1_000 }, category: 'integration' }],
    parameters: { length: [10, 100, 1_000] },
    scaling: 'length',
    tags: ['step', 'commit'],
    profile: { length: 100 },
  })
  .benchmark('undo-redo', {
    why: 'How long does it take to undo a transformation by its inverse steps and to do it again? Every step edits a node of its own and added paragraphs have no children, because inverses are computed on the document before all steps and the inverse of a nested addition fails.',
    operation: 'all steps undone and done again',
    priority: 'Undo/redo operations',
    category: 'integration',
    categories: [
      { where: { steps: 10 }, category: 'micro' },
      { where: { steps: 10_000 }, category: 'e2e' },
    ],
    parameters: { steps: [10, 1_000, 10_000] },
    scaling: 'steps',
    tags: ['step', 'undo'],
    profile: { steps: 1_000 },
  })
  .benchmark('validate', {
    why: 'What does it cost to catch a step that does not fit the document? Only attribute steps read the schema, and an attribute that it does not declare is dropped while the step reports success.',
    operation: 'one bad step tried on a new transform',
    priority: 'Validation overhead',
    category: 'micro',
    parameters: { fault: ['missing-node', 'wrong-parent', 'undeclared-attribute'] },
    tags: ['step', 'errors'],
    profile: { fault: 'missing-node' },
  })
  .benchmark('memory-complex', {
    why: 'How many bytes does each step of a large open transformation hold, in its draft, its steps and their inverses, and how high does memory rise on the way?',
    operation: 'one step held',
    priority: 'Memory usage during complex operations',
    category: 'memory',
    parameters: { steps: [100, 1_000, 10_000] },
    scaling: 'steps',
    targets: ['live-growth < 10 %', 'leak < 1 B'],
    tags: ['step', 'allocation'],
    profile: { steps: 1_000 },
  });
