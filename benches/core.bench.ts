// moduforge-core: runtimes, tasks, events, middleware, extensions, history. Its editors run loops on other threads:
// each workload has two threads for them and enters from a third, as a program's main function does.
import { suite } from 'forgebench';

suite('core', {
  addon: 'moduforge',
  crate: 'moduforge-core',
  priorities: [
    'Runtime startup time',
    'Event dispatch latency',
    'Middleware chain throughput',
    'Extension execution overhead',
    'Memory usage during high concurrency',
    'Async runtime initialization and task scheduling',
    'Event system throughput and latency',
    'Extension loading and execution',
    'Error handling overhead',
    'Undo/redo operations',
  ],
})
  .benchmark('runtime-startup', {
    why: 'How long does it take from a document to a running editor, by each way that the crate offers? Creating one checks the document in a time that grows faster than the document, and the builder reads all processes of the machine first.',
    operation: 'one editor created',
    priority: 'Runtime startup time',
    category: 'integration',
    categories: [
      { where: { kind: 'sync', nodes: 100 }, category: 'micro' },
      { where: { kind: 'async', nodes: 100 }, category: 'micro' },
      { where: { kind: 'actor', nodes: 100 }, category: 'micro' },
      { where: { nodes: 8_000 }, category: 'e2e' },
    ],
    cases: [
      ...[100, 1_000, 8_000].map((nodes) => ({ kind: 'sync', nodes })),
      ...[100, 1_000, 8_000].map((nodes) => ({ kind: 'builder', nodes })),
      // They create the same editor, and differ in what they start around it.
      ...[100, 500, 2_000].map((nodes) => ({ kind: 'async', nodes })),
      ...[100, 500, 2_000].map((nodes) => ({ kind: 'actor', nodes })),
    ],
    scaling: 'nodes',
    figures: {
      'edits-lost': {
        unit: 'ratio',
        why: 'Share of edits that the editor reports as done and that are not in its document: all of them in the actor editor, whose state never advances.',
      },
    },
    findings: [
      {
        what: 'The actor runtime stores a transaction in its history and not in its state: dispatch reports success and the edit is lost.',
        source: 'moduforge-core src/actors/state_actor.rs:185-218',
        shows: 'edits-lost > 0.5 ratio',
        where: { kind: 'actor' },
      },
      {
        what: 'Every creation of a runtime checks the hierarchy of the document in time quadratic in the children of one parent, so that a document of eight times the paragraphs takes almost sixty-four times as long to open.',
        source: 'moduforge-core src/helpers/create_doc.rs:24-31',
        shows: 'ratio > 20',
        where: { kind: 'sync', nodes: 8_000 },
        against: { kind: 'sync', nodes: 1_000 },
      },
      {
        what: 'The builder reads all processes of the machine to learn its cores and its memory, which takes many times as long as creating the runtime that it then chooses.',
        source: 'moduforge-core src/runtime/system_detector.rs:45-55, src/runtime/builder.rs:433,469',
        shows: 'ratio > 5',
        where: { kind: 'builder', nodes: 100 },
        against: { kind: 'sync', nodes: 100 },
      },
    ],
    tags: ['runtime', 'startup'],
    profile: { kind: 'sync', nodes: 1_000 },
  })
  .benchmark('task-schedule', {
    why: 'How long does a task that does next to nothing take to the processor and back? Some are lost, rarely one at a time, most above the limit of ten, and a lost task is a quick one: read the time with the share that is lost.',
    operation: 'one task answered or lost',
    priority: 'Async runtime initialization and task scheduling',
    category: 'micro',
    cases: [
      { tasks: 100, concurrency: 1 },
      { tasks: 1_000, concurrency: 1 },
      { tasks: 10_000, concurrency: 1 },
      { tasks: 1_000, concurrency: 4 },
      { tasks: 1_000, concurrency: 8 },
      { tasks: 1_000, concurrency: 64 },
    ],
    scaling: 'tasks',
    figures: {
      lost: {
        unit: 'ratio',
        why: 'Share of tasks that the processor took and never answered: it drops what it cannot start at once, and what it has just taken when another task ends.',
      },
    },
    findings: [
      {
        what: 'A task that arrives while the processor runs as many as it may is dropped without an answer or an error.',
        source: 'moduforge-core src/runtime/async_processor.rs:441-505',
        shows: 'lost > 0.1 ratio',
        where: { concurrency: 64 },
      },
      {
        what: 'A task that was just taken from the queue is dropped when another one ends at that moment, so that some are lost with four under way, where ten may be.',
        source: 'moduforge-core src/runtime/async_processor.rs:212-234,412-421',
        shows: 'lost > 0 ratio',
        where: { concurrency: 4 },
      },
    ],
    tags: ['tasks', 'loss'],
    profile: { tasks: 1_000, concurrency: 1 },
  })
  .benchmark('event-dispatch', {
    why: 'How long after its intended time does an event reach a handler, when 2,000 per second are sent whatever becomes of those before? The time of an operation is the schedule; the answer stands in the latencies.',
    operation: 'one event of the schedule',
    priority: 'Event dispatch latency',
    category: 'micro',
    parameters: { handlers: [1, 4, 32] },
    figures: {
      'latency-p50': {
        unit: 'ns',
        why: 'Half of the events reach a handler earlier, counted from the intended start.',
      },
      'latency-p95': {
        unit: 'ns',
        why: '95 % of the events reach a handler earlier, counted from the intended start.',
      },
      'latency-p99': {
        unit: 'ns',
        why: '99 % of the events reach a handler earlier, counted from the intended start.',
      },
      lost: { unit: 'ratio', why: 'Share of events that a handler should have been given and was not.' },
      duplicates: { unit: 'ratio', why: 'Share of events that a handler was given more than once.' },
    },
    targets: ['latency-p95 < 1000000 ns'],
    tags: ['events', 'latency'],
    profile: { handlers: 4 },
  })
  .benchmark('event-throughput', {
    why: 'How many events per second does the bus take and hand to all handlers? Each event and each handler of it is a task of its own, so that the time grows with the handlers.',
    operation: 'one event handled by all handlers',
    priority: 'Event system throughput and latency',
    category: 'micro',
    parameters: { handlers: [1, 4, 16] },
    scaling: 'handlers',
    targets: [
      'busy > 80 %',
      { target: 'throughput > 100k/s', where: { handlers: 1 } },
      { target: 'throughput > 100k/s', where: { handlers: 4 } },
    ],
    figures: {
      lost: { unit: 'ratio', why: 'Share of events that a handler should have been given and was not.' },
      duplicates: { unit: 'ratio', why: 'Share of events that a handler was given more than once.' },
    },
    tags: ['events', 'throughput'],
    profile: { handlers: 4 },
  })
  .benchmark('middleware-chain', {
    why: 'How many transactions per second pass a chain of middleware that only counts? The history is one entry long, because each dispatch copies it.',
    operation: 'one transaction dispatched',
    priority: 'Middleware chain throughput',
    category: 'micro',
    parameters: { length: [0, 1, 10, 50] },
    scaling: 'length',
    targets: ['throughput > 10k/s'],
    tags: ['transaction', 'middleware'],
    profile: { length: 10 },
  })
  .benchmark('extension-load', {
    why: 'How long do extensions take to become a schema, written in Rust or read from XML? Each brings a type and an attribute declared outside of it; each type looks through the declarations of all.',
    operation: 'all extensions loaded',
    priority: 'Extension loading and execution',
    category: 'micro',
    categories: [{ where: { extensions: 1_000 }, category: 'integration' }],
    parameters: { extensions: [10, 50, 1_000], from: ['code', 'xml'] },
    scaling: 'extensions',
    tags: ['extensions', 'schema', 'xml'],
    profile: { extensions: 50, from: 'xml' },
  })
  .benchmark('extension-execute', {
    why: 'What do extensions add to each transaction that they watch? An extension acts through its plugin, which is asked to let the transaction pass and to append another.',
    operation: 'one transaction dispatched',
    priority: 'Extension execution overhead',
    category: 'micro',
    parameters: { extensions: [1, 10, 50] },
    scaling: 'extensions',
    targets: ['overhead < 100000 ns'],
    figures: {
      overhead: {
        unit: 'ns',
        why: 'What one extension adds to a transaction, against an editor without any that is timed in turn; fast transactions of both, a tenth of the way up.',
      },
    },
    tags: ['extensions', 'plugin', 'transaction'],
    profile: { extensions: 10 },
  })
  .benchmark('error-handling', {
    why: 'What does a command that fails cost against one that passes? A command for a node that is absent fails before anything is dispatched; the rate is how many of a hundred do.',
    operation: 'one command executed',
    priority: 'Error handling overhead',
    category: 'micro',
    parameters: { rate: [0, 10, 50, 100] },
    figures: {
      'error-rate': { unit: 'ratio', why: 'Share of commands that were reported as failed; the rate over a hundred.' },
    },
    tags: ['errors', 'command'],
    profile: { rate: 50 },
  })
  .benchmark('history', {
    why: 'What do inserting, undoing and redoing cost in a full history? They are documented as constant, but each copies all entries: the exponent of the growth shows it.',
    operation: 'one entry inserted, undone or redone',
    priority: 'Undo/redo operations',
    category: 'micro',
    parameters: { entries: [100, 1_000, 3_000], action: ['insert', 'undo', 'redo'] },
    scaling: 'entries',
    findings: [
      {
        what: 'Inserting an entry copies the whole history, so that every dispatch takes time in proportion to how many entries may be undone.',
        source: 'moduforge-core src/history_manager.rs:80-100',
        shows: 'exponent > 0.5',
        where: { action: 'insert' },
      },
      {
        what: 'An undo copies all entries before it, so that it takes time in proportion to the history, although it is documented as O(1).',
        source: 'moduforge-core src/history_manager.rs:142-175, src/helpers/history_helper.rs:29',
        shows: 'exponent > 0.5',
        where: { action: 'undo' },
      },
      {
        what: 'A redo copies all entries before it, so that it takes time in proportion to the history, although it is documented as O(1).',
        source: 'moduforge-core src/history_manager.rs:107-140, src/helpers/history_helper.rs:61',
        shows: 'exponent > 0.5',
        where: { action: 'redo' },
      },
    ],
    tags: ['history', 'undo'],
    profile: { entries: 1_000, action: 'undo' },
  })
  .benchmark('memory-concurrency', {
    why: 'How many bytes does each of many editors hold that are opened and used at once, and does closing them give all back? Each asks for its whole event queue, 2.8 MB, when it is created.',
    operation: 'one editor opened and edited 50 times',
    priority: 'Memory usage during high concurrency',
    category: 'memory',
    parameters: { runtimes: [1, 8, 32] },
    scaling: 'runtimes',
    targets: ['live-growth < 10 %', 'leak < 1 B'],
    findings: [
      {
        what: 'Every editor asks for room for 10,000 events when it is created, 2.8 MB, whatever its document is.',
        source: 'moduforge-core src/event.rs:407-409',
        shows: 'retained > 2 MB',
      },
    ],
    tags: ['runtime', 'allocation', 'threads'],
    profile: { runtimes: 8 },
  });
