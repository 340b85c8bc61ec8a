// `forgebench analyze` on files from elsewhere.
import { afterAll, describe, expect, it } from 'vitest';
import { forgebench, makeProject, plant } from './project.js';

const project = makeProject();
afterAll(() => project.remove());

const analyze = (...args: string[]) => forgebench(['analyze', ...args], project.folder);
const step = Array.from({ length: 60 }, (_, index) => 100 + ((index * 37) % 11) / 5 + (index < 50 ? 0 : 12));

describe('analyze', () => {
  it('finds the change of a JSON series', async () => {
    plant(project.folder, { 's.json': JSON.stringify(step) });
    const { code, stdout } = await analyze('--series', 's.json', '--json');
    const { changePoints } = JSON.parse(stdout) as { changePoints: Record<string, unknown>[] };
    expect({ code, count: changePoints.length, first: changePoints[0] }).toMatchObject({
      code: 0,
      count: 1,
      first: { index: 50, alarm: true },
    });
  });

  it('reads one column of a CSV file, with and without a header', async () => {
    plant(project.folder, {
      'one.csv': `${step.join('\n')}\n`,
      'three.csv': `time;memory\n${step.map((value) => `${value};7`).join('\n')}\n`,
      'two.csv': `commit,"time, ms"\n${step.map((value, index) => `c${index},${value}`).join('\n')}\n`,
    });
    expect((await analyze('--series', 'one.csv')).stdout).toMatch(
      /1 change in 60 points.*1 regression\n[\s\S]*50 .*\+\d+ %/,
    );
    expect((await analyze('--series', 'two.csv', '--column', 'time, ms')).stdout).toContain('1 change in 60 points');
    expect((await analyze('--series', 'three.csv', '--column', 'time')).stdout).toContain('1 change in 60 points');
    const refused = await analyze('--series', 'two.csv');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('it has 2 columns; name one of commit, time, ms with --column');
  });

  it('judges two sets of samples, launch by launch', async () => {
    const launches = (level: number) => Array.from({ length: 6 }, (_, index) => [level + index, level + index + 0.5]);
    plant(project.folder, {
      'base.json': JSON.stringify({ parse: launches(1000), print: launches(500), gone: launches(1) }),
      'head.json': JSON.stringify({ parse: launches(1100), print: launches(500) }),
    });
    const { code, stdout, stderr } = await analyze('--base', 'base.json', '--head', 'head.json', '--json');
    expect(code).toBe(0);
    const { benchmarks } = JSON.parse(stdout) as { benchmarks: Record<string, number | string>[] };
    expect(benchmarks.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['parse', 'slower'],
      ['print', 'same'],
    ]);
    expect(benchmarks[0]?.ratio).toBeCloseTo(1.1, 2);
    expect(stderr).toBe('Not in head, and left out: gone\n');
    const text = (await analyze('--base', 'base.json', '--head', 'head.json')).stdout;
    expect(text).toContain('2 cases: 1 slower, 0 faster, 0 unclear, 1 same');
    expect(text).toMatch(/parse\s+│ slower\s+│\s+\+10 %/);
  });

  it('refuses what it cannot read with a sentence, and ends with 4 where there is nothing to compare', async () => {
    plant(project.folder, {
      'bad.json': '{"a": [[0]]}',
      'word.csv': '1\nx\n',
      'empty.json': '[]',
      'other.json': '{"b": [[1]]}',
    });
    const refusals: [string[], RegExp][] = [
      [
        ['--base', 'bad.json', '--head', 'bad.json'],
        /^Cannot read "bad\.json": a\.0\.0: .*; it has to be a JSON object/,
      ],
      [['--series', 'word.csv'], /^Cannot read "word\.csv": "x" in row 2 is no number/],
      [['--series', 'none.json'], /^Cannot read "none\.json": .*check the path/],
      [['--series', 'a', '--base', 'b'], /^Cannot analyze: name either --series FILE, or --base FILE and --head FILE/],
      [['--series', 'empty.json', '--tolerance', '5'], /^Cannot use --tolerance 5: it has to be a share/],
    ];
    for (const [args, message] of refusals) {
      const { code, stdout, stderr } = await analyze(...args);
      expect(stderr).toMatch(message);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
    expect((await analyze('--series', 'empty.json')).code).toBe(4);
    plant(project.folder, { 'mine.json': '{"a": [[1]]}' });
    expect((await analyze('--base', 'mine.json', '--head', 'other.json')).code).toBe(4);
  });
});
