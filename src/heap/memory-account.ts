// The resident set of a process, reconciled with what its heaps say of themselves.
import type { ResidentParts } from './resident-parts.js';

/** Version of `account.json`. */
export const ACCOUNT_VERSION = 1;

/** What is known of a process's memory at one moment, bytes. */
export interface MemoryReading {
  resident: ResidentParts;
  /** V8's heap: what lives or waits for collection, what is reserved for it, and the resident pages of that. */
  v8: { used: number; committed: number; resident: number };
  /** What V8 was told of memory outside its heap, buffers among it. */
  external: number;
  /** Contents of ArrayBuffers and Buffers. */
  arrayBuffers: number;
  /** What `malloc` has handed out; null where the C library does not say. */
  cHeap: number | null;
}

/** A reading with what counts toward the resident set told apart, bytes. */
export interface MemoryAccount {
  /** The resident set: the sum of all that follows. */
  resident: number;
  v8Heap: number;
  arrayBuffers: number;
  /** What the counting allocator says that Rust holds; null where nothing counts. */
  rust: number | null;
  /** The rest of what `malloc` has handed out; null where the C library does not say. */
  cHeap: number | null;
  mappedFiles: number;
  stacks: number;
  /**
   * What nobody claims: blocks that were freed and that `malloc` keeps, memory that libraries map for themselves. Below
   * 0 where more was handed out than was ever touched.
   */
  unexplained: number;
}

/**
 * Tells the parts of a resident set apart.
 *
 * @param rust live bytes of the counting allocator, or null where nothing counts
 */
export function accountFor({ resident, v8, arrayBuffers, cHeap }: MemoryReading, rust: number | null): MemoryAccount {
  const { mappedFiles, stacks, anonymous } = resident;
  // Buffers and Rust take their memory from `malloc` as well.
  const rest = cHeap === null ? null : Math.max(0, cHeap - arrayBuffers - (rust ?? 0));
  const claimed = v8.resident + arrayBuffers + (rust ?? 0) + (rest ?? 0);
  return {
    resident: mappedFiles + stacks + anonymous,
    v8Heap: v8.resident,
    arrayBuffers,
    rust,
    cHeap: rest,
    mappedFiles,
    stacks,
    unexplained: anonymous - claimed,
  };
}
