// moduforge-collaboration-client: the provider against a real server in this process, and the mapping of trees.
import { suite } from 'forgebench';

suite('client', { addon: 'moduforge', crate: 'moduforge-collaboration-client' })
  .benchmark('connect', {
    why: 'How long does it take until a client is connected and has a small document, by the provider and by a bare WebSocket? The provider asks the server by HTTP with a new client first and then sleeps for 100 ms; the socket shows what the server needs.',
    operation: 'one client connected',
    category: 'e2e',
    categories: [{ where: { by: 'socket' }, category: 'micro' }],
    parameters: { by: ['provider', 'socket'] },
    tags: ['websocket'],
    profile: { by: 'provider' },
  })
  .benchmark('sync', {
    why: "How long does the provider take to connect and receive a room's whole document? Without the HTTP request and the sleep of its `connect`, which are in client/connect, and until the document has changed: the crate reports the end before it applies what came.",
    operation: 'one document received',
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
    category: 'integration',
    categories: [
      { where: { nodes: 50 }, category: 'micro' },
      { where: { nodes: 5_000, direction: 'to-shared' }, category: 'e2e' },
    ],
    parameters: { nodes: [50, 1_000, 5_000], direction: ['to-shared', 'to-tree'] },
    scaling: 'nodes',
    tags: ['tree', 'crdt'],
    profile: { nodes: 1_000, direction: 'to-shared' },
  })
  .benchmark('transaction-map', {
    why: 'What does a step of a transaction cost in a shared document of 200 paragraphs, and do other users see it? Paragraphs added under the root are not among its children, and steps that move have no converter; both are only logged, so that they are counted here.',
    operation: 'one step mapped',
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
    tags: ['transaction', 'crdt', 'defect'],
    profile: { kind: 'attribute', steps: 100 },
  })
  .benchmark('memory', {
    why: "How many bytes does a connected client hold as its document grows? Ten connect to a server in this process, so that the server's end of each connection is counted too; collaboration/memory-per-user says what that is.",
    operation: 'one client connected, both ends',
    category: 'memory',
    parameters: { nodes: [10, 100, 1_000] },
    scaling: 'nodes',
    targets: ['live-growth < 10 %', 'leak < 1 B'],
    tags: ['websocket', 'allocation'],
    profile: { nodes: 100 },
  });
