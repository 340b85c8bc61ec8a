// The moment that `--since` means.
import { z } from 'zod';
import { parseDuration } from '../units/index.js';
import { UsageError } from './usage-error.js';

const date = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
const REMEDY = 'write how long ago, such as 24h, 7d or 2w, or a date such as 2026-01-31';

/**
 * Reads how long ago, or a date, which begins at midnight UTC.
 *
 * @throws UsageError where it is neither, or not in the past
 * @example
 * readSince('7d', new Date('2026-01-08')) // 2026-01-01
 */
export function readSince(text: string, now: Date): Date {
  const cannot = (reason: string) => new UsageError(`Cannot use --since "${text}": ${reason}; ${REMEDY}`);
  if (/^\s*\d{4}-/.test(text)) {
    if (!date.safeParse(text.trim()).success) throw cannot('there is no such date');
    const since = new Date(text.trim());
    if (since > now) throw cannot('it lies in the future');
    return since;
  }
  const since = new Date(now.getTime() - milliseconds(text, cannot));
  // Dates end 270,000 years ago.
  if (Number.isNaN(since.getTime())) throw cannot('it is too long ago');
  return since;
}

function milliseconds(text: string, cannot: (reason: string) => UsageError): number {
  let ms: number;
  try {
    ms = parseDuration(text);
  } catch {
    throw cannot('it is neither a time nor a date');
  }
  if (ms === 0) throw cannot('it is no time at all');
  return ms;
}
