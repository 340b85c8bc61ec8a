// moduforge-search: an index in SQLite's FTS5, whose tokenizer and ranking are the only ones. Indexes lie in the
// system's temporary folder; what waits for the disk (transactions) depends on what that folder lies on.
import { suite } from 'forgebench';

suite('search', {
  addon: 'moduforge',
  crate: 'moduforge-search',
  priorities: [
    'Indexing rate',
    'Query response time',
    'Index update performance',
    'Memory usage scaling with corpus size',
    'Concurrent query handling',
    'Text processing pipeline',
    'Result pagination',
  ],
})
  .benchmark('index', {
    why: 'How many documents per second are indexed, all in one transaction and each in its own? Only one connection of the pool is told not to wait for the disk at each commit.',
    operation: 'one document indexed',
    priority: 'Indexing rate',
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
    priority: 'Indexing rate',
    category: 'integration',
    categories: [{ where: { nodes: 4_000 }, category: 'e2e' }],
    parameters: { nodes: [100, 500, 4_000] },
    scaling: 'nodes',
    tags: ['index', 'disk', 'tree'],
    profile: { nodes: 500 },
  })
  .benchmark('update', {
    why: 'What does a document cost whose text is replaced, alone and with others in one transaction? Upserting one that exists, as the crate does itself after each attribute step, leaves its old words behind, and from then on queries for them fail with "database disk image is malformed"; deleting and adding it does not.',
    operation: 'one document updated',
    priority: 'Index update performance',
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
    findings: [
      {
        what: 'An upsert replaces the row without taking its old words out of the full-text index, so that every later query for one of them fails with "database disk image is malformed".',
        source: 'moduforge-search src/backend_sqlite.rs:217-221,53-56',
        shows: 'failed-queries > 0 %',
        where: { via: 'upsert' },
      },
    ],
    tags: ['index', 'disk'],
    profile: { batch: 100, via: 'delete-add' },
  })
  .benchmark('query', {
    why: 'How long does the first page of a full-text query take, best answers first, for words of many, few and no documents? Ranking looks at every document that has the word, so a common one grows with the corpus. The order is checked against the formula of SQLite, because scores are not returned.',
    operation: 'one query answered',
    priority: 'Query response time',
    category: 'micro',
    categories: [{ where: { corpus: 8_000, term: 'common' }, category: 'integration' }],
    parameters: { corpus: [500, 2_000, 8_000], term: ['rare', 'common', 'none'] },
    scaling: 'corpus',
    targets: [{ target: 'p95 < 100 ms', where: { corpus: 8_000 } }],
    tags: ['query', 'ranking'],
    profile: { corpus: 8_000, term: 'common' },
  })
  .benchmark('filter', {
    why: 'How long does it take to find all documents of a type, under a path, with a mark? The type has an index; path and mark are matched by LIKE against every document.',
    operation: 'one query answered',
    priority: 'Query response time',
    category: 'micro',
    categories: [
      { where: { corpus: 8_000, by: 'path' }, category: 'integration' },
      { where: { corpus: 8_000, by: 'mark' }, category: 'integration' },
    ],
    parameters: { corpus: [100, 400, 8_000], by: ['kind', 'path', 'mark'] },
    scaling: 'corpus',
    findings: [
      {
        what: 'A path is matched by a LIKE that cannot use the index on paths, so that each query reads all documents to find the same hundred.',
        source: 'moduforge-search src/backend_sqlite.rs:427-430,37',
        shows: 'ratio > 3',
        where: { corpus: 8_000, by: 'path' },
        against: { corpus: 400, by: 'path' },
      },
      {
        what: 'A mark is matched by a LIKE over the JSON of every document, so that the same answer takes many times as long as it does by type, which has an index.',
        source: 'moduforge-search src/backend_sqlite.rs:432-435',
        shows: 'ratio > 3',
        where: { corpus: 8_000, by: 'mark' },
        against: { corpus: 8_000, by: 'kind' },
      },
    ],
    tags: ['query'],
    profile: { corpus: 8_000, by: 'mark' },
  })
  .benchmark('text-pipeline', {
    why: 'What does a text of each script cost to be indexed and looked up by one of its words? The crate hands texts to SQLite, which divides them at spaces: a run of Chinese is one word, and nothing within it is found.',
    operation: 'one text indexed and looked up',
    priority: 'Text processing pipeline',
    category: 'micro',
    parameters: { script: ['latin', 'cyrillic', 'cjk'] },
    figures: {
      found: { unit: '%', why: 'Texts that a query for a word of theirs finds.' },
    },
    findings: [
      {
        what: 'The full-text table has no tokenizer for Chinese, so that a run of Chinese characters is one word and a query for a word within it finds nothing.',
        source: 'moduforge-search src/backend_sqlite.rs:41-46',
        shows: 'found < 50 %',
        where: { script: 'cjk' },
      },
    ],
    tags: ['index', 'query', 'text'],
    profile: { script: 'latin' },
  })
  .benchmark('page', {
    why: 'How long does a page of 20 of 8 000 documents take, the further back it is? SQLite walks over all that come before.',
    operation: 'one page answered',
    priority: 'Result pagination',
    category: 'micro',
    parameters: { offset: [0, 100, 1_000, 7_000] },
    scaling: 'offset',
    tags: ['query'],
    profile: { offset: 7_000 },
  })
  .benchmark('concurrent-query', {
    why: 'How many queries per second does an index of 5 000 documents answer to clients that each ask again once they were answered? The pool has at most 32 connections, a thread each.',
    operation: 'one query answered',
    priority: 'Concurrent query handling',
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
    priority: 'Memory usage scaling with corpus size',
    category: 'memory',
    parameters: { documents: [200, 800, 2_400] },
    scaling: 'documents',
    targets: ['live-growth < 10 %', 'leak < 1 B'],
    figures: {
      'resident-bytes': { unit: 'B', why: 'Bytes that an open index adds to the resident set for each document.' },
      'disk-bytes': { unit: 'B', why: 'Bytes of the database and its log on the disk for each document.' },
    },
    tags: ['index', 'allocation', 'disk'],
    profile: { documents: 800 },
  });
