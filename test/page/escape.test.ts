// Text from elsewhere stays text.
import { describe, expect, it } from 'vitest';
import { escapeHtml, escapeJson } from '../../src/page/index.js';

describe('escaping', () => {
  it('leaves no way out of a script element', () => {
    const json = escapeJson({ a: '</script><!--\u2028' });
    expect(json).toBe('{"a":"\\u003c/script>\\u003c!--\\u2028"}');
    expect(JSON.parse(json)).toEqual({ a: '</script><!--\u2028' });
  });

  it('leaves no markup in text and attributes', () => {
    expect(escapeHtml(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;');
  });
});
