// An address that a flag names.
import { UsageError } from './usage-error.js';

/**
 * The address, which has nothing in it that would end a link in Markdown.
 *
 * @throws UsageError that does not show what stands before an `@`, which may be a password
 */
export function checkUrl(flag: string, text: string): string {
  if (/^https?:\/\/[^\s<>]+$/i.test(text) && URL.canParse(text)) return text;
  const shown = text.replace(/^.*@/s, '…@');
  throw new UsageError(`Cannot use ${flag} "${shown}": write a URL, such as https://example.org/`);
}
