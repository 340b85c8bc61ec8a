// moduforge-persistence: events, snapshots and recovery in SQLite. Times hold for the disk that they were taken on.
import { suite } from 'forgebench';

const storedSize = {
  unit: 'ratio',
  why: 'Bytes in the database over bytes that were stored: 1 is a BLOB; the crate stores the text [193,92,2] of one.',
};

suite('persistence', {
  addon: 'moduforge',
  crate: 'moduforge-persistence',
  priorities: [
    'Recovery time scaling',
    'Serialization throughput',
    'Database operation latency',
    'Memory usage during recovery',
    'Corruption detection performance',
    'Subscriber notification',
    'Crash recovery time',
  ],
})
  .benchmark('recover', {
    why: 'How long does it take to recover a document from its snapshot and the events after it, as both grow? The process has looked all ids up before: in a new one, what is read from a snapshot panics on every id.',
    operation: 'one document recovered',
    priority: 'Recovery time scaling',
    category: 'integration',
    categories: [
      { where: { events: 8_000 }, category: 'e2e' },
      { where: { nodes: 10_000 }, category: 'e2e' },
    ],
    cases: [
      { nodes: 1_000, events: 100 },
      { nodes: 1_000, events: 1_000 },
      { nodes: 1_000, events: 8_000 },
      { nodes: 100, events: 1_000 },
      { nodes: 10_000, events: 1_000 },
    ],
    scaling: 'events',
    figures: {
      'failed-in-new-process': {
        unit: '%',
        why: 'Share of recoveries that panic or are wrong where nothing has looked the ids up, as in a process that has just started.',
      },
    },
    findings: [
      {
        what: 'A document that was read from bytes has no shards, and looking up an id that the process has not seen before divides by zero: a process that has just started cannot recover from any snapshot.',
        source: 'moduforge-model src/tree.rs:51-52,114',
        shows: 'failed-in-new-process > 50 %',
      },
    ],
    tags: ['sqlite', 'recovery'],
    profile: { nodes: 1_000, events: 1_000 },
  })
  .benchmark('serialize', {
    why: 'What does it cost to turn a transaction into frames, into the payload of an event, and back into steps, and a document into a snapshot? The crate puts bytes into JSON as lists of numbers.',
    operation: 'one transaction, or one snapshot of its document, made',
    priority: 'Serialization throughput',
    category: 'micro',
    categories: [{ where: { steps: 10_000 }, category: 'integration' }],
    parameters: { part: ['frames', 'payload', 'steps', 'snapshot'], steps: [1, 100, 10_000] },
    scaling: 'steps',
    figures: {
      size: {
        unit: 'ratio',
        why: 'Bytes made over bytes of the steps as JSON, or over bytes of the document as JSON for a snapshot.',
      },
    },
    findings: [
      {
        what: 'Steps are put into JSON as lists of numbers, so that frames are four times as large as the steps in them.',
        source: 'moduforge-persistence src/ser.rs:44-48',
        shows: 'size > 3 ratio',
        where: { part: 'frames' },
      },
    ],
    tags: ['bytes', 'compression'],
    profile: { part: 'payload', steps: 100 },
  })
  .benchmark('append', {
    why: 'How long until one event is stored, as payloads grow? Connections are open already: each of the first 32 operations opens one. Both modes write through to the disk at each commit; durable also moves the log into the database.',
    operation: 'one event stored',
    priority: 'Database operation latency',
    category: 'micro',
    categories: [
      { where: { mode: 'durable' }, category: 'integration' },
      { where: { bytes: 65_536 }, category: 'integration' },
    ],
    parameters: { bytes: [256, 4_096, 65_536], mode: ['async', 'durable'] },
    scaling: 'bytes',
    figures: {
      'stored-size': storedSize,
      'blocked-after-repetition': {
        unit: '%',
        why: 'Share of new events not stored within half a second after one was sent twice: the crate refuses the second, as it must, and leaves its transaction open.',
      },
    },
    findings: [
      {
        what: 'A payload goes to SQLite as a list of numbers in text instead of a BLOB, so that it takes three and a half times its size on the disk.',
        source: 'moduforge-persistence src/sqlite.rs:114,278-280',
        shows: 'stored-size > 2 ratio',
      },
      {
        what: 'A refused event leaves its connection inside the open transaction: once an event was sent twice, no other event is stored any more.',
        source: 'moduforge-persistence src/sqlite.rs:142-144',
        shows: 'blocked-after-repetition > 50 %',
      },
    ],
    tags: ['sqlite', 'latency'],
    profile: { bytes: 256, mode: 'async' },
  })
  .benchmark('append-batch', {
    why: 'How long until a batch of events of 256 bytes is stored in one transaction? It is the nearest to a group commit, whose window the crate takes and never uses.',
    operation: 'one batch stored',
    priority: 'Database operation latency',
    category: 'integration',
    categories: [{ where: { batch: 4, mode: 'async' }, category: 'micro' }],
    parameters: { batch: [4, 100, 1_000], mode: ['async', 'durable'] },
    scaling: 'batch',
    tags: ['sqlite', 'latency'],
    profile: { batch: 100, mode: 'async' },
  })
  .benchmark('load', {
    why: 'How long does it take to load the events after a position, of twice as many that are stored? The meta of each is a text, because the crate cannot read one back that is an object, an array or null.',
    operation: 'one load of all events after a position',
    priority: 'Database operation latency',
    category: 'integration',
    categories: [
      { where: { events: 20 }, category: 'micro' },
      { where: { events: 6_000 }, category: 'e2e' },
    ],
    parameters: { events: [20, 500, 6_000], mode: ['async', 'durable'] },
    scaling: 'events',
    tags: ['sqlite', 'latency'],
    profile: { events: 500, mode: 'async' },
  })
  .benchmark('snapshot-write', {
    why: 'How long until a snapshot is stored in place of the one before? Its bytes do not compress, as those of a compressed document.',
    operation: 'one snapshot stored',
    priority: 'Database operation latency',
    category: 'integration',
    categories: [
      { where: { kb: 5 }, category: 'micro' },
      { where: { kb: 4_000 }, category: 'e2e' },
    ],
    parameters: { kb: [5, 200, 4_000] },
    scaling: 'kb',
    figures: { 'stored-size': storedSize },
    findings: [
      {
        what: 'A snapshot goes to SQLite as a list of numbers in text instead of a BLOB, so that it takes three and a half times its size on the disk.',
        source: 'moduforge-persistence src/sqlite.rs:244,278-280',
        shows: 'stored-size > 2 ratio',
      },
    ],
    tags: ['sqlite', 'snapshot'],
    profile: { kb: 200 },
  })
  .benchmark('snapshot-read', {
    why: 'How long does it take to read a snapshot back? Its bytes pass the driver one at a time, as a list of values.',
    operation: 'one snapshot read',
    priority: 'Database operation latency',
    category: 'integration',
    categories: [
      { where: { kb: 5 }, category: 'micro' },
      { where: { kb: 4_000 }, category: 'e2e' },
    ],
    parameters: { kb: [5, 200, 4_000] },
    scaling: 'kb',
    findings: [
      {
        what: 'The bytes of a snapshot come back from SQLite as a list of values, one for each byte, so that reading 4 MB takes hundreds of milliseconds.',
        source: 'moduforge-persistence src/sqlite.rs:215-224,314-320',
        shows: 'p50 > 100 ms',
        where: { kb: 4_000 },
      },
    ],
    tags: ['sqlite', 'snapshot'],
    profile: { kb: 200 },
  })
  .benchmark('notify', {
    why: 'How long does the subscriber of the crate take over a transaction of one edit, as its document grows? It reads the whole snapshot again each time, only to see whether there is one. It is called here as the event bus calls it.',
    operation: 'one transaction handled',
    priority: 'Subscriber notification',
    category: 'integration',
    categories: [{ where: { nodes: 10 }, category: 'micro' }],
    parameters: { nodes: [10, 1_000, 10_000] },
    scaling: 'nodes',
    figures: {
      unreadable: {
        unit: '%',
        why: 'Share of the events that it stored which the crate cannot load again, nor recover.',
      },
      'refused-after-restart': {
        unit: '%',
        why: 'Share of transactions refused whose id the database knows: ids start at 1 in each process, and are keys.',
      },
    },
    findings: [
      {
        what: 'The subscriber reads the whole snapshot at each transaction only to see whether there is one, so that storing one edit of a large document takes many times as long as of a small one.',
        source: 'moduforge-persistence src/subscriber/mod.rs:300-305',
        shows: 'ratio > 3',
        where: { nodes: 10_000 },
        against: { nodes: 10 },
      },
      {
        what: 'Events are stored with an empty object as meta, which the driver turns into a map where a text is expected, so that no event that the subscriber stored can be loaded or recovered.',
        source: 'moduforge-persistence src/subscriber/mod.rs:235, src/sqlite.rs:113,286,290',
        shows: 'unreadable > 50 %',
      },
      {
        what: 'The key of an event is the id of its transaction, which starts at 1 in each process: after a restart, new transactions are refused as repetitions.',
        source: 'moduforge-persistence src/subscriber/mod.rs:114, moduforge-state src/transaction.rs:32-36',
        shows: 'refused-after-restart > 50 %',
      },
    ],
    tags: ['sqlite', 'subscriber'],
    profile: { nodes: 1_000 },
  })
  .benchmark('crash-recover', {
    why: 'How long does it take to open and to replay the database of a process that was killed while it wrote, and are all events there that it knew to be stored? The writer is a process that gets SIGKILL, which spares what the system had not yet written to the disk; a power cut would not. There is no snapshot, because a new process cannot recover one.',
    operation: 'one database opened and replayed',
    priority: 'Crash recovery time',
    category: 'integration',
    parameters: { events: [50, 200, 800] },
    scaling: 'events',
    figures: {
      lost: {
        unit: 'events',
        why: 'Events that the killed process knew to be stored and that are not in the database.',
      },
    },
    tags: ['sqlite', 'recovery', 'process'],
    profile: { events: 200 },
  })
  .benchmark('corruption', {
    why: 'What does recovery make of an event, or a snapshot, in which one bit was flipped? The crate stores a checksum for each event and never compares it, so this is what decompression and parsing notice by themselves, over 200 bits, the same in each run.',
    operation: 'one recovery of a damaged document tried',
    priority: 'Corruption detection performance',
    category: 'micro',
    parameters: { part: ['event', 'snapshot'] },
    figures: {
      accepted: { unit: '%', why: 'Recovered without an error, and not what was stored.' },
      harmless: { unit: '%', why: 'Recovered as it was stored: the bit meant nothing.' },
      errors: { unit: '%', why: 'Refused with an error, as damage should be.' },
      panics: { unit: '%', why: 'Ended in a panic instead of an error.' },
      detectable: {
        unit: '%',
        why: 'Whose checksum no longer fits: what comparing it would notice. Snapshots have none.',
      },
    },
    findings: [
      {
        what: 'The checksum of an event is stored and never compared: an event with a flipped bit is recovered as something else, although its checksum no longer fits.',
        source: 'moduforge-persistence src/recovery.rs:43-48, src/sqlite.rs:308',
        shows: 'accepted > 0 %',
        where: { part: 'event' },
      },
      {
        what: 'Recovery unwraps what it makes of damaged steps, so that a flipped bit in an event panics instead of returning an error.',
        source: 'moduforge-persistence src/step_factory.rs:58-61,72',
        shows: 'panics > 1 %',
        where: { part: 'event' },
      },
    ],
    tags: ['sqlite', 'recovery'],
    profile: { part: 'event' },
  })
  .benchmark('memory-recover', {
    why: 'How many bytes does a recovery from a snapshot and 100 events need at its peak, and how many does the document keep? The memory of SQLite itself is not counted: it is written in C.',
    operation: 'one document recovered',
    priority: 'Memory usage during recovery',
    category: 'memory',
    parameters: { nodes: [100, 1_000, 10_000] },
    scaling: 'nodes',
    targets: ['live-growth < 10 %', 'leak < 1 B'],
    tags: ['recovery', 'allocation'],
    profile: { nodes: 1_000 },
  });
