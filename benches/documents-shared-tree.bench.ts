// The engine's shared trees: building one, and merging what several people moved at once.
import { suite } from 'forgebench';

suite('documents', { addon: 'engine' })
  .benchmark('shared-tree-build', {
    why: 'What does an operation cost whose history is kept for others? Each is done to the tree, and noted as an event with its place among its siblings.',
    operation: 'one of 15,000 operations that make 5,000 nodes',
    category: 'micro',
    targets: ['p50 < 2 µs'],
    tags: ['shared-tree', 'transaction'],
  })
  .benchmark('shared-tree-merge', {
    why: 'What does a remote event cost, from bytes to tree, as more authors move nodes at once? Events arrive author by author, so that moves have to be put between those that were done.',
    operation: 'one event merged into an empty document of 5,000 nodes and 4,000 moves',
    category: 'micro',
    parameters: { authors: [1, 2, 8] },
    targets: ['p50 < 2 µs'],
    tags: ['shared-tree', 'merge'],
    profile: { authors: 2 },
  });
