// The comparison with other programs: arithmetic, selection, and what becomes of rows that fail. No timings.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareRow, ROUNDS } from '../../scripts/peers/compare.js';
import { Contestant, moreRuns } from '../../scripts/peers/contestant.js';
import { installPeer, peersFolder } from '../../scripts/peers/install.js';
import type { Json, Measured, Peer, Row } from '../../scripts/peers/row.js';
import { ROWS, selectRows } from '../../scripts/peers/rows.js';
import { isMissed, toRecords, toTable } from '../../scripts/peers/tables.js';
import { exitCode, main, page } from '../../scripts/peers.js';
import { engine } from '../../src/native/index.js';

const row: Row = {
  id: 'X1',
  peer: { name: 'a peer', language: 'python', packages: ['one==1.0'], program: 'one_peer.py' },
  workload: 'adds',
  goal: 5,
  does: { ours: 'add', theirs: 'sum' },
  input: () => [1, 2],
  same: (ours, theirs) => ours === theirs,
};
const measured: Measured = { row, ours: 1500, theirs: 15_000, ratio: 10, low: 9, high: 11, equalOutput: true };
const ratioShift = engine().ratioShift;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forgebench-peers-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A contestant that puts out `output` and whose samples take the times of a list, again and again. */
function scripted(output: Json, timesNs: readonly number[], turns: string[], name: string) {
  let next = 0;
  return {
    prepare: async (workload: string) => {
      turns.push(`${name} prepares ${workload}`);
      return output;
    },
    sample: async () => {
      turns.push(name);
      return timesNs[next++ % timesNs.length] ?? 0;
    },
  };
}

describe('a row', () => {
  it('checks the output first and then takes turns, the first of which alternates', async () => {
    const turns: string[] = [];
    const ours = scripted(3, [100, 110, 90], turns, 'ours');
    const theirs = scripted(3, [1000, 1100, 900], turns, 'theirs');
    const result = await compareRow(row, { ours, theirs, ratioShift });
    expect(turns.slice(0, 6)).toEqual(['ours prepares add', 'theirs prepares sum', 'ours', 'theirs', 'theirs', 'ours']);
    expect(turns).toHaveLength(2 + 2 * ROUNDS);
    expect(result).toMatchObject({ ours: 100, theirs: 1000, equalOutput: true });
    expect(result.ratio).toBeCloseTo(10, 1);
    expect(result.low).toBeLessThan(10);
    expect(result.high).toBeGreaterThan(10);
  });

  it('is not timed where the outputs differ', async () => {
    const turns: string[] = [];
    const match = { ours: scripted(3, [1], turns, 'ours'), theirs: scripted(4, [1], turns, 'theirs'), ratioShift };
    const result = await compareRow(row, match);
    expect(turns).toHaveLength(2);
    expect(result.equalOutput).toBe(false);
    expect(isMissed(result)).toBe(true);
    expect(toRecords([result])).toEqual([
      { id: 'X1', peer: 'a peer', workload: 'adds', ratio: null, low: null, high: null, goal: 5, equalOutput: false },
    ]);
    expect(toTable([result])).toContain('the outputs differ');
  });
});

describe('results', () => {
  it('miss a goal only where the whole interval lies below it', () => {
    expect(isMissed(measured)).toBe(false);
    expect(isMissed({ ...measured, ratio: 4, low: 3, high: 5.1 })).toBe(false);
    expect(isMissed({ ...measured, ratio: 4, low: 3, high: 4.9 })).toBe(true);
  });

  it('decide the exit code: a missed goal, nothing measured, or all well', () => {
    const missing = { row, missing: 'not installed: no network' };
    expect(exitCode([measured, missing])).toBe(0);
    expect(exitCode([missing])).toBe(4);
    expect(exitCode([measured, { ...measured, high: 1 }])).toBe(1);
  });

  it('become lines of one width with times, ratio, goal and what became of it', () => {
    const lines = toTable([measured, { row, missing: 'not installed: no network' }]).split('\n');
    expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
    expect(lines[2]).toMatch(/X1 +\| adds +\| a peer +\| 1\.5 µs +\| 15 µs +\| 10 \[9, 11\] +\| ≥ 5 +\| reached/);
    expect(lines[3]).toContain('not installed: no network');
  });

  it('of memory become bytes', () => {
    const lines = toTable([{ ...measured, row: { ...row, unit: 'bytes' } }]).split('\n');
    expect(lines[2]).toMatch(/\| 1\.5 kB +\| 15 kB +\| 10 \[9, 11\]/);
  });

  it('keep a missing row in the records, with its reason', () => {
    expect(toRecords([measured, { row, missing: 'not installed: no network' }])).toEqual([
      { id: 'X1', peer: 'a peer', workload: 'adds', ratio: 10, low: 9, high: 11, goal: 5, equalOutput: true },
      {
        id: 'X1',
        peer: 'a peer',
        workload: 'adds',
        ratio: null,
        low: null,
        high: null,
        goal: 5,
        equalOutput: null,
        missing: 'not installed: no network',
      },
    ]);
  });

  it('become a page that names the machine and every version', () => {
    const text = page([measured], '');
    expect(text).toContain(process.version);
    expect(text).toContain('ruptures==1.1.10');
    expect(text).toContain('npm run peers');
    expect(text).toContain('| X1');
  });
});

describe('the page', () => {
  it('keeps what is written by hand when it is made anew', () => {
    const first = page([measured], '');
    const written = first.replace('<!-- to here. -->', 'X1 is missed, because.\n<!-- to here. -->');
    expect(written).not.toBe(first);
    expect(page([measured], written)).toBe(written);
    expect(page([{ ...measured, ratio: 9.5 }], written)).toContain('X1 is missed, because.');
  });

  it('has its words by hand in the documentation', () => {
    const documented = readFileSync(resolve('docs/peers.md'), 'utf8');
    const again = page([measured], documented);
    for (const word of ['**H7**', '**HM**', '**CM**', '**CR**']) expect(again).toContain(word);
  });
});

describe('the selection', () => {
  it('is all rows, or all with these ids', () => {
    expect(selectRows([])).toEqual(ROWS);
    expect(selectRows(['S6']).map(({ id }) => id)).toEqual(['S6', 'S6']);
  });

  it('names the rows that there are where one is unknown', async () => {
    expect(() => selectRows(['Q9'])).toThrow(/Cannot compare "Q9".*S1, .*S7/);
    expect(await main(['Q9'])).toBe(2);
    expect(await main(['--nonsense'])).toBe(2);
    expect(await main(['--help'])).toBe(0);
  });

  it('pins every package', () => {
    for (const name of ROWS.flatMap(({ peer }) => peer.packages))
      expect(name).toMatch(/^(@[a-z-]+\/)?[a-z0-9-]+(==|@)[\d.]+$/);
  });
});

describe('a contestant', () => {
  const serve = resolve('scripts/peers/programs/serve.mjs');

  function contestant(text: string): Contestant {
    const file = join(folder, 'program.mjs');
    writeFileSync(file, text);
    return new Contestant([process.execPath, file]);
  }

  it('does its workload and says how long it took', async () => {
    const text = `import { serve } from ${JSON.stringify(serve)};
      serve({ spin: (n) => () => { let sum = 0; for (let k = 0; k < n; k++) sum += k % 7; return sum; } });`;
    const program = contestant(text);
    expect(await program.prepare('spin', 1e6)).toBe(2_999_997);
    expect(await program.sample()).toBeGreaterThan(10_000);
    program.stop();
  });

  it('says how many bytes its output holds, garbage left out', async () => {
    const text = `import { serve } from ${JSON.stringify(serve)};
      serve({ hold: (n) => () => Array.from({ length: n }, (_, k) => [k, Array(50).fill(k)].at(-1)).slice(n / 2) });`;
    const program = contestant(text);
    await program.prepare('hold', 20_000);
    const bytes = await program.sample('bytes');
    expect(bytes).toBeGreaterThan(10_000 * 50 * 8);
    expect(bytes).toBeLessThan(10_000 * 50 * 8 * 1.5);
    program.stop();
  });

  it('passes on why it cannot', async () => {
    const program = contestant(`import { serve } from ${JSON.stringify(serve)}; serve({});`);
    await expect(program.prepare('spin', 1)).rejects.toThrow('there is no workload "spin"');
    program.stop();
  });

  it('is missed where it ends early or was never there', async () => {
    const early = contestant('throw new Error("no such module");');
    await expect(early.prepare('spin', 1)).rejects.toThrow(/it ended without an answer/);
    const nowhere = new Contestant([join(folder, 'nowhere')]);
    await expect(nowhere.prepare('spin', 1)).rejects.toThrow(/it ended without an answer/);
  });

  it('runs more often, but at most ten times, until a sample takes 5 ms', () => {
    expect(moreRuns(1, 2_500_000)).toBe(3);
    expect(moreRuns(100, 4_900_000)).toBe(113);
    expect([1000, 0].map((cpuNs) => moreRuns(7, cpuNs))).toEqual([70, 70]);
  });
});

describe('the installation', () => {
  it('lies in the user’s cache', () => {
    expect(peersFolder({ XDG_CACHE_HOME: '/somewhere' })).toBe('/somewhere/forgebench/peers');
  });

  it('says why packages do not install, and leaves nothing that looks installed', async () => {
    const broken: Peer = { ...row.peer, packages: [join(folder, 'none.whl')] };
    await expect(installPeer(broken, folder)).rejects.toThrow(/ERROR: .*none\.whl/);
    const environments = readdirSync(folder);
    expect(environments.map((name) => existsSync(join(folder, name, 'installed.txt')))).toEqual([false]);
  }, 180_000);

  it('says why a program in Rust cannot be built', async () => {
    await expect(installPeer({ ...row.peer, language: 'rust', program: 'none' }, folder)).rejects.toThrow(
      /error: manifest path .*none.* does not exist/,
    );
  });
});
