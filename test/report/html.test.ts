// The page of a run: complete, self-contained, and deaf to what names try to make it do.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type HtmlOptions, toHtml } from '../../src/report/index.js';
import { exampleRun, HOSTILE } from './fixture.js';

const assets = { script: 'draw()', style: 'body{color:red}' };

/** The data that the page carries, read as a browser would: up to the first end of the element. */
function dataOf(html: string) {
  const [, json = ''] = /<script type="application\/json" id="run-data">(.*?)<\/script>/s.exec(html) ?? [];
  return JSON.parse(json);
}

function page(options: Partial<HtmlOptions> = {}, change: (record: ReturnType<typeof exampleRun>) => void = () => {}) {
  const record = exampleRun();
  change(record);
  return toHtml(record, { assets, ...options });
}

describe('toHtml', () => {
  it('carries the whole record, hostile names unchanged', () => {
    const { record } = dataOf(page());
    expect(record).toEqual(JSON.parse(JSON.stringify(exampleRun())));
    expect(JSON.stringify(record)).toContain(JSON.stringify(HOSTILE).slice(1, -1));
  });

  it('has exactly two script elements and no image, whatever names say', () => {
    const html = page({}, (record) => {
      record.id = HOSTILE;
      record.environment.commit = '<!--<script>';
    });
    expect(html.match(/<script/gi)).toHaveLength(2);
    expect(html.match(/<\/script/gi)).toHaveLength(2);
    expect(html).not.toMatch(/<img|<!--/i);
  });

  it('lets the browser run its own script and use its own style only', () => {
    const html = page();
    for (const asset of [assets.script, assets.style]) {
      expect(html).toContain(`'sha256-${createHash('sha256').update(asset).digest('base64')}'`);
    }
    expect(html).toContain("default-src 'none'");
    expect(html).not.toContain('unsafe-inline');
  });

  it('needs no other file and no network', () => {
    expect(page()).not.toMatch(/<link|src=["']|@import|https?:/i);
  });

  it('makes links to profiles relative, so that none can be a script', () => {
    const html = page({}, (record) => {
      record.profiles = [
        {
          caseId: 'a/b',
          engines: [{ engine: 'flame', files: { flame: 'javascript:alert(1)', html: 'profiles/a b/#x.html' } }],
        },
      ];
    });
    expect(dataOf(html).links).toEqual({
      'javascript:alert(1)': './javascript%3Aalert(1)',
      'profiles/a b/#x.html': './profiles/a%20b/%23x.html',
    });
  });

  it('links only what the caller finds', () => {
    const html = page({ readProfileLink: (path) => (path.endsWith('flame.html') ? `../${path}` : undefined) });
    const links = Object.values<string>(dataOf(html).links);
    expect(links).toHaveLength(3);
    for (const link of links) expect(link).toMatch(/^\.\/\.\.\/profiles\/.*flame\.html$/);
  });

  it('refuses an asset that would end its own element', () => {
    expect(() => page({ assets: { ...assets, script: 'a("</SCRIPT>")' } })).toThrow(
      /^Cannot make the report: its script/,
    );
  });
});
