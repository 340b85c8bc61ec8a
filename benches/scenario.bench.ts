// ModuForge-RS as its users have it: all crates at once, from typing to disk, over real sockets, and when it dies.
// An editing history is a person's where FORGEBENCH_DATA names the folder with it, and one made by a rule otherwise.
import { suite } from 'forgebench';

const recorded = {
  unit: 'yes',
  why: 'Whether the history is the recorded typing of a person (1) or one made by a rule (0).',
};

suite('scenario', {
  addon: 'moduforge',
  crate: 'ModuForge-RS',
  priorities: [
    'Complete workflow execution',
    'Multi-user scenarios',
    'Real-world usage patterns',
    'Crash recovery time',
    'Memory usage growth',
  ],
  absent: {
    memory: 'The memory of each part is measured in its own suite; the soak watches the growth of all together.',
  },
})
  .benchmark('edit-session', {
    why: 'How long does it take to type a text again into an editor with its history, while every edit is stored and every changed paragraph indexed? As fast as the editor takes it, and at 2,000 edits per second, where latencies count from the intended start. Paragraphs say themselves where they stand, as no step adds one between others.',
    priority: 'Complete workflow execution',
    operation: 'one session typed, stored and indexed',
    category: 'e2e',
    categories: [{ where: { edits: 500, pace: 'replay' }, category: 'integration' }],
    cases: [
      { edits: 500, pace: 'replay' },
      { edits: 1_500, pace: 'replay' },
      { edits: 4_000, pace: 'replay' },
      { edits: 500, pace: 'typing' },
    ],
    scaling: 'edits',
    figures: {
      'event-p95': {
        unit: 'ns',
        why: 'One event in twenty came later to a handler, counted from the start of its edit; at the pace of a replay, events queue.',
      },
      'transaction-p95': {
        unit: 'ns',
        why: 'One edit in twenty took longer until it was in the document, counted from its start.',
      },
      lost: { unit: '%', why: 'Edits that were not stored, and edits that were not indexed, of both.' },
      'out-of-order': {
        unit: '%',
        why: 'Edits that were stored right after one that came later: the bus hands several events to handlers at once.',
      },
      misrecovered: {
        unit: '%',
        why: 'Whether the crate recovers another text from what was stored (100) or the same (0): it replays in the order of storing.',
      },
      recorded,
    },
    targets: [
      { target: 'event-p95 < 1000000 ns', where: { pace: 'typing' } },
      { target: 'transaction-p95 < 10000000 ns', where: { pace: 'typing' } },
    ],
    findings: [
      {
        what: 'The event bus runs the handlers of up to five events at once, so that whoever stores transactions as they come stores neighbours in the wrong order, and recovers another document.',
        source: 'moduforge-core src/event.rs:318-345',
        shows: 'out-of-order > 0.1 %',
        where: { edits: 4_000, pace: 'replay' },
      },
    ],
    tags: ['editing', 'sqlite', 'events'],
    profile: { edits: 1_500, pace: 'replay' },
  })
  .benchmark('collaborate', {
    why: 'How long after the time at which it was to be made does an edit stand in the document of every other person, when all write into the middle of one text? Edits are as frequent as makes 10,000 deliveries per second; each person has a connection and a document of their own. Time per operation is that of the schedule; the answer is in the figures.',
    priority: 'Multi-user scenarios',
    operation: 'a schedule of 0.3 seconds, and until all agree',
    category: 'e2e',
    parameters: { users: [10, 50, 200] },
    figures: {
      'sync-p50': { unit: 'ns', why: 'Half of all deliveries came so long after the intended start of the edit.' },
      'sync-p95': { unit: 'ns', why: 'One delivery in twenty came later than this after the intended start.' },
      'sync-p99': { unit: 'ns', why: 'One delivery in a hundred came later than this after the intended start.' },
      diverged: { unit: '%', why: 'People whose text differs from that of the room at the end.' },
      lost: { unit: '%', why: 'Deliveries that never came, of those that were due.' },
      duplicates: { unit: '%', why: 'Deliveries of an edit that the person had already received.' },
    },
    targets: ['sync-p95 < 50000000 ns'],
    tags: ['websocket', 'crdt', 'latency'],
    profile: { users: 50 },
  })
  .benchmark('open-edit-save', {
    why: 'How long does it take to read a document of so many millions of bytes from its file, open an editor on it, edit it a thousand times and write it to another file? Reading puts the tree together from its parts, for which the crates have no function.',
    priority: 'Real-world usage patterns',
    operation: 'one document opened, edited and saved',
    category: 'integration',
    categories: [{ where: { mb: 10 }, category: 'e2e' }],
    parameters: { mb: [1, 3, 10] },
    scaling: 'mb',
    figures: {
      'import-p95': { unit: 'ns', why: 'One import in twenty took longer: the file read into the parts of a tree.' },
      'export-p95': { unit: 'ns', why: 'One export in twenty took longer: the edited tree written to a new file.' },
    },
    targets: ['import-p95 < 500000000 ns', 'export-p95 < 500000000 ns'],
    tags: ['file', 'editing'],
    profile: { mb: 3 },
  })
  .benchmark('crash-recover', {
    why: 'How long does it take to recover a text whose editor was killed in the middle of typing, and is every edit there that the editor knew to be stored? The editor is a process that gets SIGKILL, which spares what the system had not yet written to the disk. There is no snapshot, because a new process cannot recover one.',
    priority: 'Crash recovery time',
    operation: 'one text recovered',
    category: 'integration',
    parameters: { edits: [50, 200, 600] },
    scaling: 'edits',
    figures: {
      lost: { unit: 'edits', why: 'Edits that the killed editor knew to be stored and that are not in the database.' },
      recorded,
    },
    targets: ['lost < 1 edits'],
    tags: ['sqlite', 'recovery', 'process'],
    profile: { edits: 200 },
  })
  .benchmark('soak', {
    why: 'What do the crates leave behind when all of them work on all cores, two threads for each? A round is made of nodes, transactions with their events and history, undo and redo, traversals, frames, merges of shared documents, queries, and now and then an update of the index and a batch of stored events. Added paragraphs have new ids, as in any editor, and rooms are left after 400 edits, because yrs keeps what was overwritten.',
    priority: 'Memory usage growth',
    operation: 'one operation of the mix',
    category: 'micro',
    parameters: { operations: [2_000] },
    figures: {
      'live-growth': {
        unit: '%',
        why: 'What a million operations would add to the bytes in use, of those in use after ten rounds: the slope over at least twenty later ones.',
      },
      'left-behind': {
        unit: 'B',
        why: 'Bytes still in use after everything was closed, of the second of two lives of one round each.',
      },
      'ids-kept': {
        unit: 'ids',
        why: 'Ids that a table of the process still holds after all documents were closed, nothing of which is ever removed.',
      },
      'refused-at-once': {
        unit: '%',
        why: 'Updates of an index refused when four threads make them at once, each of one document; in the rounds they wait for each other.',
      },
      'error-rate': { unit: '%', why: 'Operations that reported an error.' },
      lost: { unit: '%', why: 'Events that never reached their handler, of all operations.' },
    },
    targets: ['live-growth < 10 %', 'busy > 80 %'],
    findings: [
      {
        what: 'A table of the process keeps the id of every node that was ever looked up, also when its document is gone.',
        source: 'moduforge-model src/tree.rs:41-42,102-120',
        shows: 'ids-kept > 100 ids',
      },
      {
        what: 'Updates of one search index at the same time are refused with "database is locked", and the connection goes back to the pool inside its transaction, so that later updates over it are refused, too.',
        source: 'moduforge-search src/backend_sqlite.rs:164-198',
        shows: 'refused-at-once > 1 %',
      },
    ],
    tags: ['load', 'threads', 'soak'],
    profile: { operations: 2_000 },
  });
