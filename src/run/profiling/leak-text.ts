// Leaks in sentences.
import type { Leak, NativeLeak } from '../../heap/index.js';
import { formatBytes, formatCount } from '../../units/index.js';

/** Classes that are named; all are in the file. */
const CLASSES_NAMED = 3;

/** Such as `Map in cache (store.js:3) gains 1 Entry and 1 (string) with each iteration, 84 B: cache: Map → Entry.` */
export function leakText({ holder, way, gathered, bytesPerIteration }: Leak): string {
  const named = gathered
    .slice(0, CLASSES_NAMED)
    .map(({ name, objectsPerIteration }) =>
      name === 'storage' ? name : `${formatCount(Number(objectsPerIteration.toPrecision(2)))} ${name}`,
    );
  const others = gathered.length > CLASSES_NAMED ? ` and ${gathered.length - CLASSES_NAMED} more` : '';
  return `${holder} gains ${named.join(', ')}${others} with each iteration, ${formatBytes(bytesPerIteration)}: ${way}.`;
}

/** The same of Rust, of whom nobody knows who holds it. */
export function nativeLeakText({ kind, bytes }: NativeLeak): string {
  return kind === 'operations'
    ? `Rust's heap gains ${formatBytes(bytes)} with each operation, by its counting allocator.`
    : `Rust keeps ${formatBytes(bytes)} after each teardown, by its counting allocator.`;
}
