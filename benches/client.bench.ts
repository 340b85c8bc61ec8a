// moduforge-collaboration-client: the provider against a real server in this process, and the mapping of trees.
import { suite } from 'forgebench';

suite('client', {
  addon: 'moduforge',
  crate: 'moduforge-collaboration-client',
  priorities: ['Connection and first sync', 'Mapping between tree and CRDT', 'Memory usage per client'],
})
  .benchmark('connect', {
    why: 'How long does it take until a client is connected and has a small document, by the provider and by a bare WebSocket? The provider asks the server by HTTP with a new client first and then sleeps for 100 ms; the socket shows what the server needs.',
    operation: 'one client connected',
    priority: 'Connection and first sync',
    category: 'e2e',
    categories: [{ where: { by: 'socket' }, category: 'micro' }],
    parameters: { by: ['provider', 'socket'] },
    findings: [
      {
        what: 'The provider asks the server by HTTP with a new client first and sleeps for 100 ms afterwards, so that it takes hundreds of times as long to connect as a WebSocket does.',
        source: 'moduforge-collaboration-client src/provider.rs:233-252,273',
        shows: 'ratio > 20',
        where: { by: 'provider' },
        against: { by: 'socket' },
      },
    ],
    tags: ['websocket'],
    profile: { by: 'provider' },
  })
  .benchmark('sync', {
    why: "How long does the provider take to connect and receive a room's whole document? Without the HTTP request and the sleep of its `connect`, which are in client/connect, and until the document has changed: the crate reports the end before it applies what came.",
    operation: 'one document received',
    priority: 'Connection and first sync',
    category: 'integration',
    categories: [
      { where: { nodes: 20 }, category: 'micro' },
      { where: { nodes: 20_000 }, category: 'e2e' },
    ],
    parameters: { nodes: [20, 1_000, 20_000] },
    scaling: 'nodes',
    tags: ['websocket', 'crdt'],
    profile: { nodes: 1_000 },
  })
  .benchmark('tree-map', {
    why: 'How long does it take to write a tree into a shared document and to read it out of one, and is that in proportion to its nodes? Writing appends the children of a node one by one, each after walking past all before it.',
    operation: 'one tree mapped',
    priority: 'Mapping between tree and CRDT',
    category: 'integration',
    categories: [
      { where: { nodes: 50 }, category: 'micro' },
      { where: { nodes: 5_000, direction: 'to-shared' }, category: 'e2e' },
    ],
    parameters: { nodes: [50, 1_000, 5_000], direction: ['to-shared', 'to-tree'] },
    scaling: 'nodes',
    findings: [
      {
        what: 'The children of a node are appended to a shared array one by one, each after walking past all before it, so that writing n paragraphs under one parent takes time in proportion to n².',
        source: 'moduforge-collaboration-client src/mapping_v2/simple_converters.rs:446-448',
        shows: 'exponent > 1.3',
        where: { direction: 'to-shared' },
      },
    ],
    tags: ['tree', 'crdt'],
    profile: { nodes: 1_000, direction: 'to-shared' },
  })
  .benchmark('transaction-map', {
    why: 'What does a step of a transaction cost in a shared document of 200 paragraphs, and do other users see it? Paragraphs added under the root are not among its children, and steps that move have no converter; both are only logged, so that they are counted here.',
    operation: 'one step mapped',
    priority: 'Mapping between tree and CRDT',
    category: 'micro',
    cases: [
      { kind: 'attribute', steps: 1 },
      { kind: 'attribute', steps: 10 },
      { kind: 'attribute', steps: 100 },
      { kind: 'attribute', steps: 1_000 },
      { kind: 'add', steps: 100 },
      { kind: 'add-to-root', steps: 100 },
      { kind: 'move', steps: 100 },
    ],
    scaling: 'steps',
    figures: {
      lost: { unit: '%', why: 'Steps whose effect is absent from the tree that others read out of the document.' },
    },
    findings: [
      {
        what: 'A node that is added under the root is written without being added to the children of the root, so that no other user ever sees it.',
        source: 'moduforge-collaboration-client src/mapping_v2/simple_converters.rs:46-64',
        shows: 'lost > 50 %',
        where: { kind: 'add-to-root' },
      },
      {
        what: 'Steps that move a node have no converter and the error is only logged, so that other users keep the node where it was while the call reports success.',
        source: 'moduforge-collaboration-client src/utils.rs:150-157, src/mapping_v2/simple_converters.rs:496-500',
        shows: 'lost > 50 %',
        where: { kind: 'move' },
      },
    ],
    tags: ['transaction', 'crdt', 'defect'],
    profile: { kind: 'attribute', steps: 100 },
  })
  .benchmark('memory', {
    why: "How many bytes does a connected client hold as its document grows? Ten connect to a server in this process, so that the server's end of each connection is counted too; collaboration/memory-per-user says what that is.",
    operation: 'one client connected, both ends',
    priority: 'Memory usage per client',
    category: 'memory',
    parameters: { nodes: [10, 100, 1_000] },
    scaling: 'nodes',
    targets: ['live-growth < 10 %', 'leak < 1 B'],
    tags: ['websocket', 'allocation'],
    profile: { nodes: 100 },
  });
