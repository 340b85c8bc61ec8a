// A page that is one file runs its own program and nothing else.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type StandalonePage, standalonePage } from '../../src/page/index.js';

const assets = { script: 'draw()', style: 'body {}' };
const page = (more: Partial<StandalonePage> = {}) =>
  standalonePage({
    name: 'the page',
    title: 'a',
    assets,
    data: { id: 'data', value: [] },
    body: '<main></main>',
    ...more,
  });
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('a page that is one file', () => {
  it('lets its own program and style run, known by their hashes', () => {
    expect(page()).toContain(`script-src ${hash(assets.script)}; style-src ${hash(assets.style)};`);
    expect(page()).not.toContain('unsafe');
  });

  it('lets no other program run where a library makes styles', () => {
    expect(page({ makesStyles: true })).toContain(`script-src ${hash(assets.script)}; style-src 'unsafe-inline';`);
  });

  it('lets nothing run where it only shows', () => {
    const html = standalonePage({
      name: 'the page',
      title: 'a',
      assets: { style: assets.style },
      body: '<p>5</p>',
    });
    expect(html).toContain(`default-src 'none'; style-src ${hash(assets.style)};`);
    expect(html).not.toContain('script');
  });

  it('never makes a title or data into markup', () => {
    const html = page({ title: '</title><script>', data: { id: 'data', value: '</script><img src=x>' } });
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toContain('<img');
  });

  it('refuses a program or a style that would end its element', () => {
    expect(() => page({ assets: { ...assets, script: '"</SCRIPT>"' } })).toThrow(/^Cannot make the page: its script/);
    expect(() => page({ assets: { ...assets, style: '/* </style> */' } })).toThrow(/^Cannot make the page: its style/);
  });
});
