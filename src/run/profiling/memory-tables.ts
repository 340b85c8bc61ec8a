// Views of memory as tables for people.
import type { Change, HeapDifference, MemoryAccount, MemoryReading } from '../../heap/index.js';
import type { ResultTable } from '../../profile/index.js';
import { formatBytes, formatCount } from '../../units/index.js';

/** Rows of the table; the file has all. */
const CLASSES_SHOWN = 12;

/** What the heap gained, by constructor. */
export function differenceTable({ classes }: HeapDifference): ResultTable {
  const shown = classes.filter(({ kind, selfBytes }) => kind !== 'internal' && selfBytes.after > selfBytes.before);
  return {
    columns: ['constructor', 'source', 'objects', 'own bytes', 'retained bytes', 'held by'],
    rows: shown
      .slice(0, CLASSES_SHOWN)
      .map(({ name, source, place, count, selfBytes, retainedBytes, heldBy, way }) => [
        name,
        place ?? source,
        changeText(count, formatCount),
        changeText(selfBytes, formatBytes),
        changeText(retainedBytes, formatBytes),
        [heldBy, way].filter((each) => each).join(': '),
      ]),
  };
}

/** What the resident set is made of. */
export function accountTable(account: MemoryAccount, { v8, external }: MemoryReading): ResultTable {
  const { resident } = account;
  const row = (name: string, bytes: number | null, note: string) => [
    name,
    bytes === null ? 'unknown' : formatBytes(bytes),
    bytes === null ? '' : `${((bytes / resident) * 100).toFixed(1)} %`,
    note,
  ];
  return {
    columns: ['part', 'bytes', 'share', 'what it is'],
    rows: [
      row(
        "V8's heap",
        account.v8Heap,
        `resident; ${formatBytes(v8.used)} in use of ${formatBytes(v8.committed)} committed`,
      ),
      row('ArrayBuffers', account.arrayBuffers, `of ${formatBytes(external)} that V8 was told of outside its heap`),
      row(
        'Rust',
        account.rust,
        account.rust === null ? '' : 'live by the counting allocator, more than before the set-up',
      ),
      row('C heap', account.cHeap, 'the rest of what malloc has handed out: Node.js, V8 outside its heap, libraries'),
      row('mapped files', account.mappedFiles, 'programs and libraries'),
      row('thread stacks', account.stacks, ''),
      row('unexplained', account.unexplained, 'blocks that malloc keeps after they were freed, mappings of libraries'),
      row('resident set', resident, 'the sum'),
    ],
  };
}

function changeText({ before, after }: Change, format: (value: number) => string): string {
  return `${format(before)} → ${format(after)}`;
}
