// Text from outside in Markdown.
import { describe, expect, it } from 'vitest';
import { markdownCode, markdownText } from '../../src/report/index.js';

describe('text in Markdown', () => {
  it('is no markup', () => {
    expect(markdownText('<b> *x* [a](b) | #1')).toBe('\\<b\\> \\*x\\* \\[a\\](b) \\| \\#1');
  });

  it('mentions nobody, and links nowhere', () => {
    expect(markdownText('thanks @me/team')).toBe('thanks @&#8203;me/team');
    expect(markdownText('see https://evil.example, WWW.evil.example, awww.')).toBe(
      'see https:&#8203;//evil.example, WWW&#8203;.evil.example, awww.',
    );
    expect(markdownCode('@me|`')).toBe('@&#8203;me\\|\\`');
    expect(markdownCode('js/@scope')).toBe('`js/@scope`');
  });
});
