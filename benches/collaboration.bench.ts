// moduforge-collaboration: rooms, real servers and real WebSocket connections; both ends share a process and its cores.
import { suite } from 'forgebench';

suite('collaboration', {
  addon: 'moduforge',
  crate: 'moduforge-collaboration',
  priorities: [
    'Concurrent user scaling',
    'Message latency',
    'CRDT merge performance',
    'Room creation/destruction overhead',
    'Memory usage per connected user',
    'WebSocket message throughput',
    'Awareness state management',
    'Conflict resolution',
  ],
})
  .benchmark('crdt-merge', {
    why: "How long does a room's document take to merge what two users wrote into one text at the same time? The crate leaves merging to yrs, which is what is measured, in a room of the crate's; edits lie at random in the first 500 characters.",
    operation: 'the edits of both users merged',
    priority: 'CRDT merge performance',
    category: 'integration',
    categories: [
      { where: { edits: 100 }, category: 'micro' },
      { where: { edits: 30_000 }, category: 'e2e' },
    ],
    parameters: { edits: [100, 2_000, 10_000, 30_000] },
    scaling: 'edits',
    tags: ['crdt'],
    profile: { edits: 10_000 },
  })
  .benchmark('message-throughput', {
    why: 'How many edits per second reach everybody in a room, as it fills? At most 64 are outstanding, because the server loses what a connection has not taken beyond 128; the sender gets its own edit back. It encodes each edit once for every user.',
    operation: 'one edit sent and received by everybody',
    priority: 'WebSocket message throughput',
    category: 'micro',
    categories: [{ where: { users: 1_000 }, category: 'integration' }],
    parameters: { users: [10, 100, 1_000] },
    scaling: 'users',
    targets: ['busy > 80 %'],
    figures: {
      lost: { unit: '%', why: 'Deliveries that never came, of those that were due.' },
      duplicates: { unit: '%', why: 'Deliveries of an edit that the user had already received.' },
    },
    tags: ['websocket', 'load'],
    profile: { users: 100 },
  })
  .benchmark('burst', {
    why: 'How fast does the server take edits in that one of five users sends at once, and how many of them do the five never see? Each connection has 128 places; once they are full the server sends it nothing more and leaves it open. The edits themselves are all in the document of the room.',
    operation: 'one edit taken in by the server',
    priority: 'WebSocket message throughput',
    category: 'micro',
    parameters: { messages: [64, 256, 1_000] },
    scaling: 'messages',
    figures: {
      lost: { unit: '%', why: 'Deliveries that never came, of those that were due: none below 128 edits.' },
      duplicates: { unit: '%', why: 'Deliveries of an edit that the user had already received.' },
    },
    findings: [
      {
        what: 'Each connection has 128 places for edits on their way; once they are full the server sends that user nothing more, for as long as the connection is open, and nobody is told.',
        source: 'moduforge-collaboration src/ws_server.rs:430, yrs-warp 0.8.0 src/broadcast.rs:159',
        shows: 'lost > 10 %',
        where: { messages: 1_000 },
      },
    ],
    tags: ['websocket', 'load', 'defect'],
    profile: { messages: 256 },
  })
  .benchmark('message-latency', {
    why: 'How long after the time at which it was to be sent does each user receive an edit, at 20,000 deliveries per second whatever the number of users? An edit that is sent late is charged with the delay. Time per operation is that of the schedule; the answer is in the figures.',
    operation: 'a schedule of half a second',
    priority: 'Message latency',
    category: 'e2e',
    parameters: { users: [10, 100, 400, 1_000] },
    scaling: 'users',
    targets: ['latency-p95 < 50000000 ns'],
    figures: {
      'latency-p50': { unit: 'ns', why: 'Half of all deliveries came so long after the intended start of the edit.' },
      'latency-p95': { unit: 'ns', why: 'One delivery in twenty came later than this after the intended start.' },
      'latency-p99': { unit: 'ns', why: 'One delivery in a hundred came later than this after the intended start.' },
      lost: { unit: '%', why: 'Deliveries that never came, of those that were due.' },
      duplicates: { unit: '%', why: 'Deliveries of an edit that the user had already received.' },
    },
    tags: ['websocket', 'load', 'latency'],
    profile: { users: 100 },
  })
  .benchmark('concurrent-users', {
    why: 'How long does it take until users have joined one room, 64 at a time, ten of them have edited, and all have received every edit? They stay until the time is taken. Both ends of each connection are open files of this process.',
    operation: 'one room filled and edited',
    priority: 'Concurrent user scaling',
    category: 'integration',
    categories: [{ where: { users: 1_200 }, category: 'e2e' }],
    parameters: { users: [50, 200, 1_200] },
    scaling: 'users',
    targets: [{ target: 'served > 1000 users', where: { users: 1_200 } }],
    figures: {
      served: {
        unit: 'users',
        why: 'Users who were connected and received the edits: all, less the share that was lost.',
      },
      lost: { unit: '%', why: 'Deliveries that never came, of those that were due.' },
      duplicates: { unit: '%', why: 'Deliveries of an edit that the user had already received.' },
    },
    tags: ['websocket', 'load'],
    profile: { users: 200 },
  })
  .benchmark('room-commit', {
    why: 'What does an edit cost in the document of a room while others are connected who only receive? The document is locked meanwhile. Every connection has a group of receivers of its own, which encodes each edit again.',
    operation: 'one edit merged',
    priority: 'Concurrent user scaling',
    category: 'micro',
    parameters: { users: [1, 20, 200] },
    scaling: 'users',
    findings: [
      {
        what: 'Each connection has a broadcast group of its own, so that every edit is encoded once for each user while the document is locked.',
        source: 'moduforge-collaboration src/ws_server.rs:430',
        shows: 'exponent > 0.3',
      },
    ],
    tags: ['websocket', 'crdt'],
    profile: { users: 200 },
  })
  .benchmark('awareness', {
    why: "What does a moved cursor cost in the room's table, encoded once for the others, and until everybody in the room has it? Over the wire one at a time: of a user's states that come faster, the server sends the newest, and that more than once.",
    operation: 'one awareness state changed',
    priority: 'Awareness state management',
    category: 'micro',
    categories: [
      { where: { clients: 200, via: 'wire' }, category: 'integration' },
      { where: { clients: 1_000, via: 'wire' }, category: 'integration' },
    ],
    parameters: { clients: [10, 200, 1_000], via: ['local', 'wire'] },
    scaling: 'clients',
    figures: {
      ghosts: {
        unit: '%',
        why: 'States that stay in the room when every user has left, of those that were set over the wire.',
      },
      lost: { unit: '%', why: 'Deliveries over the wire that never came, of those that were due.' },
      duplicates: { unit: '%', why: 'Deliveries over the wire of a state that the user had already received.' },
    },
    findings: [
      {
        what: 'The awareness state of a user who has left stays in the room for ever, so that others see ghosts and a room never counts as empty.',
        source: 'moduforge-collaboration src/ws_server.rs:452-496,263-270',
        shows: 'ghosts > 50 %',
        where: { via: 'wire' },
      },
    ],
    tags: ['websocket', 'awareness'],
    profile: { clients: 200, via: 'wire' },
  })
  .benchmark('room-lifecycle', {
    why: 'How long does it take to create and destroy a room, and what happens to rooms that four threads open at the same time? Looking a room up and making it are two steps, so that some become several documents whose users never meet. Starting the threads is part of it.',
    operation: 'one room created and destroyed',
    priority: 'Room creation/destruction overhead',
    category: 'micro',
    cases: [
      { rooms: 100, threads: 1 },
      { rooms: 1_000, threads: 1 },
      { rooms: 10_000, threads: 1 },
      { rooms: 1_000, threads: 4 },
    ],
    scaling: 'rooms',
    figures: {
      split: { unit: '%', why: 'Rooms that threads got different documents of.' },
    },
    findings: [
      {
        what: 'Looking a room up and creating it are two steps, so that users who open one at the same time get different documents and never see what the others write.',
        source: 'moduforge-collaboration src/yrs_manager.rs:26-39',
        shows: 'split > 0 %',
        where: { threads: 4 },
      },
    ],
    tags: ['room', 'threads'],
    profile: { rooms: 1_000, threads: 1 },
  })
  .benchmark('conflict', {
    why: 'How long does it take until writers who wrote the same ten keys and the same place of one text, fifty edits each, agree after meeting in a room? The crate leaves resolving to yrs; edits at one place are compared with each other, so that the time grows faster than the square of the writers.',
    operation: 'all writers agreed',
    priority: 'Conflict resolution',
    category: 'integration',
    categories: [
      { where: { writers: 2 }, category: 'micro' },
      { where: { writers: 32 }, category: 'e2e' },
    ],
    parameters: { writers: [2, 8, 32] },
    scaling: 'writers',
    tags: ['crdt'],
    profile: { writers: 8 },
  })
  .benchmark('memory-per-user', {
    why: "How many bytes does the server hold for each user who is connected to one room? A server in a process of its own is not needed: users are bare sockets that hold no memory of the allocator, so that what is live is the server's alone.",
    operation: 'one user connected',
    priority: 'Memory usage per connected user',
    category: 'memory',
    parameters: { users: [10, 100, 1_000] },
    scaling: 'users',
    targets: ['live-growth < 10 %', 'leak < 1 B'],
    tags: ['websocket', 'allocation'],
    profile: { users: 100 },
  });
