// JSON of other tools, held against what is known of its shape.
import type { z } from 'zod';
import { StoreError } from '../store-error.js';

/**
 * Reads what a tool wrote.
 *
 * @param path of the file, for messages
 * @throws StoreError that names the first field that does not fit
 */
export function readShape<T>(schema: z.ZodType<T>, value: unknown, { path, tool }: { path: string; tool: string }): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('') ?? '';
  throw new StoreError(
    `Cannot import "${path}": it looks like results of ${tool}, but ${place.replace(/^\./, '') || 'the whole'} does not fit (${issue?.message}); export it again with a newer ${tool}`,
  );
}
