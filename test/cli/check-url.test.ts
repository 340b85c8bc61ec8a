// Addresses that flags name.
import { expect, it } from 'vitest';
import { checkUrl } from '../../src/cli/check-url.js';

it.each(['http://127.0.0.1:9090', 'HTTPS://example.org/a?b=c', 'https://me:secret@example.org/'])('takes %s', (url) => {
  expect(checkUrl('--gateway', url)).toBe(url);
});

it.each([
  '',
  'example.org',
  'ftp://example.org',
  'sparse+https://example.org',
  'https://a.org/ b',
  'https://a.org/<b>',
  'https://',
])('refuses "%s" and says of which flag', (text) => {
  expect(() => checkUrl('--index', text)).toThrow(`Cannot use --index "${text}": write a URL`);
});

it('does not repeat a password', () => {
  expect(() => checkUrl('--gateway', 'https://me:secret@exa mple')).toThrow('Cannot use --gateway "…@exa mple"');
});
