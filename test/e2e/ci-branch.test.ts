// Pushes to the main branch: its baseline, and its history in a file.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CiRepository, makeCiRepository } from './ci-repository.js';
import { plant } from './project.js';

let repository: CiRepository;
beforeAll(async () => {
  repository = await makeCiRepository();
});
afterAll(() => repository.close());

describe('a push to the main branch', () => {
  it('names its run after the branch, and hands the history on in a file', async () => {
    const push = { branch: 'main', event: 'push' };
    const args = ['--history', '.forgebench/history.jsonl', '--launches', '2'];
    const first = await repository.ci({ ...push, run: 7 }, ...args);
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).toContain('it begins with this run');
    const lines = () => readFileSync(repository.at('.forgebench/history.jsonl'), 'utf8').trim().split('\n');
    expect(lines()).toHaveLength(1);
    expect(existsSync(repository.at('.forgebench/baselines/main/run.json'))).toBe(true);
    // The next job starts on a machine that has nothing but the file.
    for (const left of ['runs', 'baselines', 'forgebench.db'])
      rmSync(repository.at(`.forgebench/${left}`), { recursive: true });
    const second = await repository.ci({ ...push, run: 8 }, ...args);
    expect(second.code, second.stderr).toBe(0);
    expect(lines().map((line) => JSON.parse(line).id)).toHaveLength(2);
    expect(second.stdout).not.toContain('No earlier run was made on such a machine');
    expect(readFileSync(repository.at('.forgebench/summary.md'), 'utf8')).toContain('js/text');
  }, 180_000);

  it('is told from a machine that the history does not know', async () => {
    const file = repository.at('.forgebench/history.jsonl');
    const runs = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const elsewhere = runs.map((run) => ({ ...run, environment: { ...run.environment, fingerprint: 'f'.repeat(64) } }));
    plant(repository.folder, {
      '.forgebench/history.jsonl': `${elsewhere.map((run) => JSON.stringify(run)).join('\n')}\n`,
    });
    for (const left of ['runs', 'baselines', 'forgebench.db'])
      rmSync(repository.at(`.forgebench/${left}`), { recursive: true });
    const args = ['--history', '.forgebench/history.jsonl', '--launches', '2'];
    const finished = await repository.ci({ branch: 'main', event: 'push', run: 9 }, ...args);
    expect(finished.stdout).toMatch(/^::notice .*No earlier run was made on such a machine/m);
    expect(readFileSync(repository.at('.forgebench/summary.md'), 'utf8')).toContain(
      'No earlier run was made on such a machine',
    );
  }, 180_000);

  it('leaves baseline and history as they were where its job is cancelled', async () => {
    const [baseline, history] = ['.forgebench/baselines/main/run.json', '.forgebench/history.jsonl'].map(
      repository.at,
    ) as [string, string];
    const before = [readFileSync(baseline, 'utf8'), readFileSync(history, 'utf8')];
    const args = ['--history', '.forgebench/history.jsonl', '--thorough'];
    const { child, finished } = repository.startStep({ branch: 'main', event: 'push', run: 10 }, args);
    child.stderr.on('data', (chunk: Buffer) => {
      if (chunk.includes('Measuring')) child.kill('SIGINT');
    });
    const { code, stderr } = await finished;
    expect(code, stderr).toBe(130);
    expect(stderr).toContain('baseline and history stay as they were');
    expect([readFileSync(baseline, 'utf8'), readFileSync(history, 'utf8')]).toEqual(before);
  }, 180_000);

  it('refuses a history that was cut, and leaves it alone', async () => {
    plant(repository.folder, { '.forgebench/cut.jsonl': '{"version":' });
    const finished = await repository.ci(
      { branch: 'main', event: 'push', run: 11 },
      '--history',
      '.forgebench/cut.jsonl',
    );
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain('cut.jsonl');
    expect(readFileSync(repository.at('.forgebench/cut.jsonl'), 'utf8')).toBe('{"version":');
  });
});
