// The only door of the room: what lives in a process, what grew, who holds it, and what its resident set is made of.
export { declarationLine } from './declaration-line.js';
export { findLeaks, type Gathered, LEAKS_VERSION, type Leak, type LeakOptions } from './find-leaks.js';
export { findNativeLeaks, type NativeLeak } from './find-native-leaks.js';
export type { ClassKind, ClassSeries, HeapComparison, HeapStep, HeapTotals, Holder } from './heap-comparison.js';
export {
  type Change,
  type ClassDifference,
  type DifferenceOptions,
  HEAP_DIFFERENCE_VERSION,
  type HeapDifference,
  heapDifference,
  type SourceDifference,
} from './heap-difference.js';
export { ACCOUNT_VERSION, accountFor, type MemoryAccount, type MemoryReading } from './memory-account.js';
export { type AllocatorWatch, MEMORY_WATCH, type MemoryWatch, WATCH_FILE } from './memory-watch.js';
export { type NamedHolder, type NamingOptions, nameHolder } from './name-holder.js';
export { type ResidentParts, residentParts } from './resident-parts.js';
