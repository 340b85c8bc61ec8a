// moduforge-state: transactions, plugins, versions, resources. Its API is asynchronous but never waits.
import { suite } from 'forgebench';

suite('state', {
  addon: 'moduforge',
  crate: 'moduforge-state',
  priorities: [
    'Transaction throughput',
    'State tree traversal performance',
    'Plugin execution latency',
    'Memory efficiency of immutable structures',
    'Concurrent access performance',
    'State serialization/deserialization',
    'Resource management overhead',
  ],
})
  .benchmark('transaction', {
    why: 'How many transactions are made and applied per second, and how long do the slowest take, as documents and transactions grow? Entering the runtime for each is part of it, about 0.1 µs.',
    operation: 'one transaction made and applied',
    priority: 'Transaction throughput',
    category: 'micro',
    cases: [
      { nodes: 1_000, steps: 1 },
      { nodes: 1_000, steps: 10 },
      { nodes: 1_000, steps: 100 },
      { nodes: 10_000, steps: 10 },
    ],
    scaling: 'steps',
    targets: [
      'throughput > 1k/s',
      { target: 'p95 < 10 ms', where: { steps: 10 } },
      { target: 'p95 < 10 ms', where: { steps: 100 } },
    ],
    tags: ['transaction'],
    profile: { nodes: 1_000, steps: 10 },
  })
  .benchmark('plugin-pipeline', {
    why: 'What does each plugin with a state field, a filter and an appender that appends nothing add to a transaction? Each depends on the one before; the crate runs dependents first, which costs the same.',
    operation: 'one transaction applied',
    priority: 'Plugin execution latency',
    category: 'micro',
    parameters: { plugins: [0, 1, 10, 50] },
    scaling: 'plugins',
    tags: ['transaction', 'plugin'],
    profile: { plugins: 10 },
  })
  .benchmark('tree-traverse', {
    why: "How long does it take to collect all nodes of a state's document, each as a copy, from outside and by a plugin that is asked whether a transaction may pass?",
    operation: 'one document traversed',
    priority: 'State tree traversal performance',
    category: 'integration',
    categories: [
      { where: { nodes: 500 }, category: 'micro' },
      { where: { nodes: 80_000 }, category: 'e2e' },
    ],
    parameters: { nodes: [500, 10_000, 80_000], by: ['caller', 'plugin'] },
    scaling: 'nodes',
    tags: ['tree', 'traversal'],
    profile: { nodes: 10_000, by: 'plugin' },
  })
  .benchmark('serialize', {
    why: 'How long does it take to write a state as bytes, and does that grow in proportion to its document?',
    operation: 'one state serialised',
    priority: 'State serialization/deserialization',
    category: 'integration',
    categories: [
      { where: { nodes: 500 }, category: 'micro' },
      { where: { nodes: 60_000 }, category: 'e2e' },
    ],
    parameters: { nodes: [500, 10_000, 60_000] },
    scaling: 'nodes',
    tags: ['bytes'],
    profile: { nodes: 10_000 },
  })
  .benchmark('deserialize', {
    why: 'How long does it take to read a state back from bytes? What is read panics on any id that this process has not looked up before, so the workload has looked all of them up.',
    operation: 'one state deserialised',
    priority: 'State serialization/deserialization',
    category: 'integration',
    categories: [{ where: { nodes: 80_000 }, category: 'e2e' }],
    parameters: { nodes: [2_000, 10_000, 80_000] },
    scaling: 'nodes',
    tags: ['bytes'],
    profile: { nodes: 10_000 },
  })
  .benchmark('concurrent', {
    why: 'How many transactions per second do many tasks apply to branches of one shared state on two workers, giving way to each other after each? Two tasks cannot write one line of states, because applying a transaction that was made earlier silently undoes what was applied since.',
    operation: 'one transaction applied',
    priority: 'Concurrent access performance',
    category: 'micro',
    parameters: { tasks: [1, 8, 64] },
    scaling: 'tasks',
    targets: [{ target: 'busy > 80 %', where: { tasks: 64 } }],
    tags: ['transaction', 'threads'],
    profile: { tasks: 8 },
  })
  .benchmark('resources', {
    why: 'What does it cost to put a resource into the shared table or the state by type and to read it back, with many keys and with two threads? The table takes names as owned strings, so that a copy of the name belongs to each call.',
    operation: 'one resource put and read',
    priority: 'Resource management overhead',
    category: 'micro',
    cases: [
      { store: 'table', keys: 10, threads: 1 },
      { store: 'table', keys: 1_000, threads: 1 },
      { store: 'table', keys: 100_000, threads: 1 },
      { store: 'table', keys: 1_000, threads: 2 },
      { store: 'gotham', keys: 1, threads: 1 },
    ],
    scaling: 'keys',
    tags: ['resources', 'threads'],
    profile: { store: 'table', keys: 1_000, threads: 1 },
  })
  .benchmark('memory-versions', {
    why: 'How many bytes does each further version of an immutable document hold while all versions are kept?',
    operation: 'one version kept',
    priority: 'Memory efficiency of immutable structures',
    category: 'memory',
    parameters: { versions: [10, 100, 1_000] },
    scaling: 'versions',
    targets: ['live-growth < 10 %', 'leak < 1 B'],
    tags: ['transaction', 'allocation'],
    profile: { versions: 100 },
  });
