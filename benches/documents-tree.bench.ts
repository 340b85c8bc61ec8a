// The engine's document tree: edits, reads, differences and versions of a document of 20,101 nodes.
import { suite } from 'forgebench';

suite('documents', { addon: 'engine' })
  .benchmark('tree-edit', {
    why: 'What does an operation of a large transaction cost while the version before it is kept? Paragraphs lie far apart, so that most operations are the first to write to a block of nodes.',
    operation: 'one operation of a transaction of 1,000',
    category: 'micro',
    parameters: { step: ['set-attribute', 'insert', 'remove', 'move'] },
    targets: ['p50 < 1 µs'],
    tags: ['tree', 'transaction'],
    profile: { step: 'insert' },
  })
  .benchmark('tree-transaction', {
    why: 'What does a small transaction cost, from its beginning to its version, as it gets longer? It copies the blocks on the way to each node that it changes.',
    operation: 'one transaction',
    category: 'micro',
    parameters: { steps: [1, 10, 100] },
    scaling: 'steps',
    targets: [{ target: 'p50 < 20 µs', where: { steps: 10 } }],
    tags: ['tree', 'transaction', 'versions'],
    profile: { steps: 10 },
  })
  .benchmark('tree-read', {
    why: 'What does each node cost when the whole document is walked, asked for an attribute, or written as JSON?',
    operation: 'one node read',
    category: 'micro',
    parameters: { what: ['walk', 'query', 'json'] },
    targets: ['p50 < 1 µs'],
    tags: ['tree', 'traversal', 'query'],
    profile: { what: 'walk' },
  })
  .benchmark('tree-diff', {
    why: 'How does a difference grow with what changed? Nodes that both versions share are not looked at, so that one change in 20,101 nodes costs next to nothing.',
    operation: 'one difference between two versions',
    category: 'micro',
    parameters: { changes: [1, 10, 100, 1000] },
    scaling: 'changes',
    tags: ['tree', 'diff', 'versions'],
    profile: { changes: 100 },
  })
  .benchmark('tree-versions', {
    why: 'How many bytes does each version of a document hold that differs from the one before by one attribute? A copy would hold two megabytes.',
    operation: 'one version',
    category: 'memory',
    parameters: { versions: [10, 1000] },
    scaling: 'versions',
    targets: ['retained < 4 KiB', 'leak < 1 B'],
    tags: ['tree', 'versions', 'memory'],
    profile: { versions: 1000 },
  });
