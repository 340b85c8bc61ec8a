// The page of a session: a table without a script, whose links lead to each thread's part of the graphs.
import { describe, expect, it } from 'vitest';
import type { Session, SessionProcess } from '../../src/session/index.js';
import { sessionHtml } from '../../src/session/session-html.js';

const ended = { exitCode: 0, signal: null };
const npm: SessionProcess = {
  pid: 10,
  command: ['npm', 'run', '<build>'],
  kind: 'node',
  ending: ended,
  wallNs: 2e9,
  threads: [{ thread: 0, files: {}, samples: 120, allocatedBytes: 3 * 1024 ** 2 }],
};
const child: SessionProcess = {
  pid: 11,
  parent: 10,
  command: ['node', 'größe.mjs'],
  kind: 'node',
  ending: { exitCode: null, signal: 'SIGKILL' },
  threads: [
    { thread: 0, files: {}, samples: 7 },
    { thread: 1, files: {}, perfSamples: 31, trouble: 'cut off' },
  ],
  remark: 'it was killed',
};
const session: Session = {
  version: 1,
  command: ['npm', 'run', '<build>'],
  startedAt: '2026-01-02T03:04:05.000Z',
  wallNs: 2e9,
  ending: ended,
  folder: '/tmp/a',
  processes: [child, npm],
  views: [
    {
      engine: 'cpu',
      files: { flame: 'cpu.flame.html' },
      samples: 127,
      intervalNs: 1e6,
      threads: ['npm [10]', 'größe.mjs [11]', 'größe.mjs [11] worker 1'],
    },
    {
      engine: 'alloc',
      files: { flame: 'alloc.flame.html' },
      samples: 9,
      intervalBytes: 131_072,
      threads: ['npm [10]'],
    },
  ],
  overhead: { hookMs: 12, profilerMs: 3 },
  failures: [{ engine: 'flame', message: 'perf cannot record here' }],
  notes: [],
};

/** Cells of the rows, as a browser shows their text. */
function rowsOf(html: string): string[][] {
  const rows = [...html.matchAll(/<tr class="\w+">(.*?)<\/tr>/gs)];
  return rows.map(([, row = '']) =>
    [...row.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell = '']) => cell.replaceAll(/<[^>]+>/g, ' ').trim()),
  );
}

describe('the page of a session', () => {
  const html = sessionHtml(session);

  it('has a row for each process below its parent, and for each worker thread', () => {
    const rows = rowsOf(html);
    expect(rows.map(([pid, exit]) => [pid, exit])).toEqual([
      ['10', '0'],
      ['11', 'SIGKILL'],
      ['', ''],
    ]);
    expect(rows[0]).toEqual(expect.arrayContaining(['2.00 s', '120', '3 MiB']));
    expect(rows[1]?.at(-1)).toMatch(/^node größe.mjs.*it was killed.*cut off/);
    expect(rows[2]?.slice(-3)).toEqual(['31', 'CPU', 'worker 1']);
  });

  it('links each thread to its part of the graphs that have it, and to no other', () => {
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) => decodeURIComponent(link as string));
    expect(links).toEqual([
      'cpu.flame.html',
      'alloc.flame.html',
      'cpu.flame.html#thread=npm [10]',
      'alloc.flame.html#thread=npm [10]',
      'cpu.flame.html#thread=größe.mjs [11]',
      'cpu.flame.html#thread=größe.mjs [11] worker 1',
    ]);
  });

  it('runs nothing, makes no markup of what commands say, and tells what failed', () => {
    expect(html).not.toContain('<script');
    expect(html).toContain("default-src 'none'; style-src 'sha256-");
    expect(html).not.toContain('<build>');
    expect(html).toContain('flame: perf cannot record here');
  });
});
