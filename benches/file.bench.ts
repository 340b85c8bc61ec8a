// moduforge-file: formats, compression, containers on disk, damage. Files lie in the system's temporary folder, so that
// what waits for the disk (segments, entries from 1 MiB) depends on what that folder lies on.
import { suite } from 'forgebench';

suite('file', {
  addon: 'moduforge',
  crate: 'moduforge-file',
  priorities: [
    'Serialization throughput',
    'Compression ratio vs speed trade-offs',
    'Export operation scaling',
    'Memory usage during large operations',
    'Concurrent file access',
    'Export/import operations',
    'Format conversion',
    'File system operations',
  ],
})
  .benchmark('serialize', {
    why: 'How many bytes of records per second become an archive in memory, in each format? Bytes are those of the records as JSON, so that formats can be compared; the crate cannot write a format without compressing it, which zstd does here at its lowest level.',
    operation: 'one byte of the records as JSON',
    priority: 'Serialization throughput',
    category: 'micro',
    parameters: { format: ['json', 'cbor', 'msgpack'], records: [100, 10_000, 50_000] },
    scaling: 'records',
    targets: [{ target: 'throughput > 100M/s', where: { records: 10_000 } }],
    tags: ['format'],
    profile: { format: 'cbor', records: 10_000 },
  })
  .benchmark('parse', {
    why: 'How many bytes of records per second are read from an archive in memory, in each format? Shards are decompressed by all cores and decoded by one.',
    operation: 'one byte of the records as JSON',
    priority: 'Serialization throughput',
    category: 'micro',
    parameters: { format: ['json', 'cbor', 'msgpack'], records: [100, 10_000, 50_000] },
    scaling: 'records',
    targets: [{ target: 'throughput > 100M/s', where: { records: 10_000 } }],
    tags: ['format', 'threads'],
    profile: { format: 'cbor', records: 10_000 },
  })
  .benchmark('compress', {
    why: 'How much smaller does an archive of 1 MB of JSON get for the time that each level of zstd takes?',
    operation: 'one byte of the records as JSON',
    priority: 'Compression ratio vs speed trade-offs',
    category: 'micro',
    parameters: { level: [1, 3, 9, 19] },
    figures: {
      ratio: { unit: 'ratio', why: 'Bytes of the records as JSON over bytes of the archive.' },
    },
    tags: ['compression'],
    profile: { level: 3 },
  })
  .benchmark('export', {
    why: 'How long does it take to write a whole document to a file, as a zip archive of CBOR and as a file of segments? An archive is left to the system to write; a file of segments is read once more for its hash and waits for the disk twice.',
    operation: 'one document exported',
    priority: 'Export operation scaling',
    category: 'integration',
    categories: [{ where: { mb: 40, container: 'zip' }, category: 'e2e' }],
    parameters: { mb: [1, 8, 40], container: ['zip', 'segments'] },
    scaling: 'mb',
    targets: ['p95 < 500 ms'],
    tags: ['disk'],
    profile: { mb: 8, container: 'zip' },
  })
  .benchmark('import', {
    why: 'How long does it take to read a whole document from a file? Every shard of the largest archive is over 1 MiB, and the crate writes such an entry to a temporary file and waits for the disk before it reads it.',
    operation: 'one document imported',
    priority: 'Export/import operations',
    category: 'integration',
    categories: [
      { where: { mb: 1, container: 'segments' }, category: 'micro' },
      { where: { mb: 40, container: 'zip' }, category: 'e2e' },
    ],
    parameters: { mb: [1, 8, 40], container: ['zip', 'segments'] },
    scaling: 'mb',
    targets: ['p95 < 500 ms'],
    tags: ['disk'],
    profile: { mb: 8, container: 'zip' },
  })
  .benchmark('convert', {
    why: 'What does it take to turn an archive of one format into another? The crate has no conversion, so one is imported and the other exported, 20 000 records.',
    operation: 'one archive converted',
    priority: 'Format conversion',
    category: 'integration',
    cases: [
      { from: 'json', to: 'cbor' },
      { from: 'json', to: 'msgpack' },
      { from: 'cbor', to: 'json' },
      { from: 'cbor', to: 'msgpack' },
      { from: 'msgpack', to: 'json' },
      { from: 'msgpack', to: 'cbor' },
    ],
    targets: ['p95 < 500 ms'],
    figures: {
      'changed-numbers': {
        unit: '%',
        why: 'Numbers whose last bit is another one once the target was read: reading JSON rounds fast instead of correctly.',
      },
    },
    findings: [
      {
        what: 'JSON is read by a parser that rounds fast instead of correctly, so that one floating-point number in ten differs in its last bit from the one that was exported.',
        source: 'moduforge-file src/zipdoc/formats/json.rs:42, Cargo.toml:92-93',
        shows: 'changed-numbers > 1 %',
        where: { from: 'json', to: 'cbor' },
      },
    ],
    tags: ['format', 'disk'],
    profile: { from: 'json', to: 'cbor' },
  })
  .benchmark('entry-read', {
    why: 'What does one stored entry of an archive cost as it grows past 1 MiB, as imports read it and straight into memory? From 1 MiB on the crate copies an entry to a temporary file, waits for the disk, maps it and copies it again.',
    operation: 'one entry read',
    priority: 'File system operations',
    category: 'micro',
    categories: [
      { where: { kib: 1_025, via: 'all' }, category: 'integration' },
      { where: { kib: 4_096, via: 'all' }, category: 'integration' },
    ],
    parameters: { kib: [64, 1_023, 1_025, 4_096], via: ['all', 'standard'] },
    scaling: 'kib',
    findings: [
      {
        what: 'An entry of 1 MiB or more is copied to a temporary file, synced to the disk, mapped and copied again, so that 2 KiB more make reading it many times as slow.',
        source: 'moduforge-file src/zipdoc/reader.rs:277-311,135-138',
        shows: 'ratio > 3',
        where: { kib: 1_025, via: 'all' },
        against: { kib: 1_023, via: 'all' },
      },
      {
        what: 'A reader counts its maps among all entries that it keeps and lets go of others, so that it keeps more maps than its limit of four.',
        source: 'moduforge-file src/zipdoc/reader.rs:314-324',
        shows: 'maps-kept > 4 maps',
        where: { via: 'all' },
      },
    ],
    figures: {
      'maps-kept': {
        unit: 'maps',
        why: 'Maps that a reader holds after eight entries of this size; its limit is four.',
      },
    },
    tags: ['disk'],
    profile: { kib: 1_025, via: 'all' },
  })
  .benchmark('concurrent-read', {
    why: 'How long does a pass over one file of 8 MB take while several readers do the same, each opening, checking and copying all of it? Readers share nothing but the pages of the file, so the time should fall with each core.',
    operation: 'one pass over the file',
    priority: 'Concurrent file access',
    category: 'integration',
    parameters: { threads: [1, 2, 4, 8] },
    scaling: 'threads',
    tags: ['threads'],
    profile: { threads: 2 },
  })
  .benchmark('corruption', {
    why: 'How soon is damage found, and is nothing wrong accepted? Reading bare records stops at the first damage without any error, and an offset of the directory of erased bytes panics; both are counted. A file of segments without its tail is read in full.',
    operation: 'one damaged file opened and read',
    priority: 'File system operations',
    category: 'micro',
    cases: [
      { container: 'segments', where: 'magic' },
      { container: 'segments', where: 'payload' },
      { container: 'segments', where: 'directory' },
      { container: 'segments', where: 'tail' },
      { container: 'segments', where: 'erased' },
      { container: 'segments', where: 'half' },
      { container: 'segments', where: 'empty' },
      { container: 'records', where: 'magic' },
      { container: 'records', where: 'payload' },
      { container: 'records', where: 'tail' },
      { container: 'records', where: 'half' },
      { container: 'records', where: 'empty' },
      { container: 'zip', where: 'magic' },
      { container: 'zip', where: 'payload' },
      { container: 'zip', where: 'directory' },
      { container: 'zip', where: 'tail' },
      { container: 'zip', where: 'half' },
      { container: 'zip', where: 'empty' },
    ],
    figures: {
      lost: {
        unit: 'payloads',
        why: 'Payloads of 32 that were missing from what was read, although no error was returned.',
      },
      refused: {
        unit: 'count',
        why: '1 where the file was refused with an error. A directory of zip has no checksum, so that a bit of it may flip unseen.',
      },
      panics: { unit: 'count', why: '1 where reading the file panicked instead of returning an error.' },
    },
    findings: [
      {
        what: 'Reading records stops at the first damaged one as if the file ended there: all records after it are missing and no error says so.',
        source: 'moduforge-file src/record.rs:235-257,260-287',
        shows: 'lost > 0 payloads',
        where: { container: 'records', where: 'payload' },
      },
      {
        what: 'The offset of the directory is added to before it is compared, so that a file whose last bytes were erased makes the reader panic instead of returning an error.',
        source: 'moduforge-file src/document.rs:127-131',
        shows: 'panics > 0 count',
        where: { container: 'segments', where: 'erased' },
      },
    ],
    tags: ['damage'],
    profile: { container: 'segments', where: 'payload' },
  })
  .benchmark('memory-large', {
    why: 'How many bytes are live at most while a large file is exported, imported at once, and read shard by shard? Import holds all shards compressed, then all decompressed, beside what they become.',
    operation: 'one file handled',
    priority: 'Memory usage during large operations',
    category: 'memory',
    parameters: { mb: [1, 4, 16], action: ['export', 'import', 'stream'] },
    scaling: 'mb',
    targets: ['live-growth < 10 %', 'leak < 1 B'],
    tags: ['allocation', 'disk'],
    profile: { mb: 4, action: 'import' },
  });
