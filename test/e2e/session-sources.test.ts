// A session over a project in TypeScript: its views name what was written, not what was made of it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, expect, it } from 'vitest';
import { readProfile } from '../../src/profile/index.js';
import type { Session } from '../../src/session/index.js';
import { forgebench } from './project.js';

const folder = mkdtempSync(join(tmpdir(), 'forgebench-session-sources-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WRITTEN = `interface Limit {
  ms: number;
}
enum Step {
  Once = 1,
}

export function burnTyped({ ms }: Limit): number {
  const before = process.cpuUsage();
  let sum = 0;
  while (process.cpuUsage(before).user / 1000 < ms) for (let i = 0; i < 1e5; i += Step.Once) sum += Math.sqrt(i);
  return sum;
}
burnTyped({ ms: 300 });
`;

it('has places in TypeScript in its profiles, which can be read again, and a list of hotspots', async () => {
  writeFileSync(join(folder, 'burn.ts'), WRITTEN);
  buildSync({ entryPoints: [join(folder, 'burn.ts')], outfile: join(folder, 'dist/burn.js'), sourcemap: 'linked' });
  const { code, stderr, stdout } = await forgebench(
    ['session', '--output', join(folder, 'out'), '--json', '--', 'node', join(folder, 'dist/burn.js')],
    folder,
  );
  expect(code, stderr).toBe(0);
  const { views } = JSON.parse(stdout) as Session;
  expect(views.length).toBeGreaterThan(0);
  for (const { engine, files } of views) {
    const { frames, threads } = readProfile(readFileSync(join(folder, 'out', files.profile ?? ''), 'utf8'));
    expect(threads.every(({ process }) => process !== undefined)).toBe(true);
    const hot = frames.filter(({ name }) => name === 'burnTyped');
    expect(hot, engine).toContainEqual(expect.objectContaining({ file: join(folder, 'burn.ts'), line: 8 }));
    expect(readFileSync(join(folder, 'out', files.hotspots ?? ''), 'utf8')).toContain('burnTyped');
  }
}, 60_000);
