// moduforge-search: an index in SQLite's FTS5, whose tokenizer and ranking are the only ones. Indexes lie in the
// system's temporary folder; what waits for the disk (transactions) depends on what that folder lies on.
import { suite } from 'forgebench';

suite('search', { addon: 'moduforge', crate: 'moduforge-search' })
  .benchmark('index', {
    why: 'How many documents per second are indexed, all in one transaction and each in its own? Only one connection of the pool is told not to wait for the disk at each commit.',
    operation: 'one document indexed',
    category: 'micro',
    categories: [{ where: { via: 'single' }, category: 'integration' }],
    cases: [
      { documents: 100, via: 'rebuild' },
      { documents: 1_000, via: 'rebuild' },
      { documents: 10_000, via: 'rebuild' },
      { documents: 100, via: 'single' },
    ],
    scaling: 'documents',
    targets: [{ target: 'throughput > 1k/s', where: { via: 'rebuild' } }],
    tags: ['index', 'disk'],
    profile: { documents: 1_000, via: 'rebuild' },
  })
  .benchmark('rebuild', {
    why: 'How long does the index service take to bring a whole document of nodes into an empty index?',
    operation: 'one document of nodes indexed',
    category: 'integration',
    categories: [{ where: { nodes: 8_000 }, category: 'e2e' }],
    parameters: { nodes: [100, 500, 8_000] },
    scaling: 'nodes',
    tags: ['index', 'disk', 'tree'],
    profile: { nodes: 500 },
  })
  .benchmark('update', {
    why: 'What does a document cost whose text is replaced, alone and with others in one transaction? Upserting one that exists, as the crate does itself after each attribute step, leaves its old words behind, and from then on queries for them fail with "database disk image is malformed"; deleting and adding it does not.',
    operation: 'one document updated',
    category: 'micro',
    categories: [{ where: { batch: 1 }, category: 'integration' }],
    parameters: { batch: [1, 10, 100], via: ['delete-add', 'upsert'] },
    scaling: 'batch',
    figures: {
      'failed-queries': {
        unit: '%',
        why: 'Queries for a word of the old text of an updated document that return an error.',
      },
    },
    tags: ['index', 'disk'],
    profile: { batch: 100, via: 'delete-add' },
  })
  .benchmark('query', {
    why: 'How long does the first page of a full-text query take, best answers first, for words of many, few and no documents? Ranking looks at every document that has the word, so a common one grows with the corpus. The order is checked against the formula of SQLite, because scores are not returned.',
    operation: 'one query answered',
    category: 'micro',
    categories: [
      { where: { corpus: 4_000, term: 'common' }, category: 'integration' },
      { where: { corpus: 16_000, term: 'common' }, category: 'integration' },
    ],
    parameters: { corpus: [500, 4_000, 16_000], term: ['rare', 'common', 'none'] },
    scaling: 'corpus',
    targets: [{ target: 'p95 < 100 ms', where: { corpus: 16_000 } }],
    tags: ['query', 'ranking'],
    profile: { corpus: 4_000, term: 'common' },
  })
  .benchmark('filter', {
    why: 'How long does it take to find all documents of a type, under a path, with a mark? The type has an index; path and mark are matched by LIKE against every document.',
    operation: 'one query answered',
    category: 'micro',
    categories: [
      { where: { corpus: 16_000, by: 'path' }, category: 'integration' },
      { where: { corpus: 16_000, by: 'mark' }, category: 'integration' },
    ],
    parameters: { corpus: [100, 400, 16_000], by: ['kind', 'path', 'mark'] },
    scaling: 'corpus',
    tags: ['query'],
    profile: { corpus: 16_000, by: 'mark' },
  })
  .benchmark('text-pipeline', {
    why: 'What does a text of each script cost to be indexed and looked up by one of its words? The crate hands texts to SQLite, which divides them at spaces: a run of Chinese is one word, and nothing within it is found.',
    operation: 'one text indexed and looked up',
    category: 'micro',
    parameters: { script: ['latin', 'cyrillic', 'cjk'] },
    figures: {
      found: { unit: '%', why: 'Texts that a query for a word of theirs finds.' },
    },
    tags: ['index', 'query', 'text'],
    profile: { script: 'latin' },
  })
  .benchmark('page', {
    why: 'How long does a page of 20 of 12 000 documents take, the further back it is? SQLite walks over all that come before.',
    operation: 'one page answered',
    category: 'micro',
    parameters: { offset: [0, 100, 1_000, 10_000] },
    scaling: 'offset',
    tags: ['query'],
    profile: { offset: 10_000 },
  })
  .benchmark('concurrent-query', {
    why: 'How many queries per second does an index of 5 000 documents answer to clients that each ask again once they were answered? The pool has at most 32 connections, a thread each.',
    operation: 'one query answered',
    category: 'micro',
    parameters: { clients: [1, 4, 16, 64] },
    scaling: 'clients',
    targets: [{ target: 'busy > 80 %', where: { clients: 64 } }],
    figures: {
      'error-rate': { unit: '%', why: 'Queries that returned an error, such as a time-out of the pool.' },
    },
    tags: ['query', 'threads'],
    profile: { clients: 16 },
  })
  .benchmark('memory-corpus', {
    why: 'What does each further document of an index take of memory and of the disk? SQLite has an allocator of its own that cannot be counted, so the resident set is read too.',
    operation: 'one document of an index',
    category: 'memory',
    parameters: { documents: [500, 2_000, 8_000] },
    scaling: 'documents',
    targets: ['live-growth < 10 %', 'leak < 1 B'],
    figures: {
      'resident-bytes': { unit: 'B', why: 'Bytes that an open index adds to the resident set for each document.' },
      'disk-bytes': { unit: 'B', why: 'Bytes of the database and its log on the disk for each document.' },
    },
    tags: ['index', 'allocation', 'disk'],
    profile: { documents: 2_000 },
  });
