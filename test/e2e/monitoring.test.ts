// `forgebench monitoring` as a user calls it.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { forgebench, makeProject } from './project.js';

const FILES = [
  'prometheus.yml',
  'forgebench.rules.yml',
  'grafana/provisioning/datasources/forgebench.yml',
  'grafana/provisioning/dashboards/forgebench.yml',
  'grafana/dashboards/forgebench.json',
];

describe('forgebench monitoring', () => {
  const project = makeProject();
  afterAll(() => project.remove());
  const run = (...args: string[]) => forgebench(['monitoring', ...args], project.folder);
  const read = (file: string) => readFileSync(join(project.folder, file), 'utf8');

  it('writes what Prometheus scrapes and Grafana shows, and says which files there are', async () => {
    const { code, stdout } = await run('files', 'bench.local:4280', '[::1]:4281');
    expect(code).toBe(0);
    expect(stdout).toBe(`Wrote\n${FILES.map((file) => `  files/${file}\n`).join('')}`);
    for (const file of FILES) expect(read(`files/${file}`)).not.toBe('');
    expect(read('files/prometheus.yml')).toContain('- bench.local:4280\n          - "[::1]:4281"\n');
    expect((await run('files', 'bench.local:4280', '[::1]:4281')).code).toBe(0);
  });

  it('writes nothing where a file has been changed by hand', async () => {
    await run('mine');
    const changed = `${read('mine/forgebench.rules.yml')}# mine\n`;
    writeFileSync(join(project.folder, 'mine/forgebench.rules.yml'), changed);
    rmSync(join(project.folder, 'mine/prometheus.yml'));
    const { code, stderr } = await run('mine');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'Cannot write "mine/forgebench.rules.yml": there is another file; remove it or choose another folder\n',
    );
    expect(read('mine/forgebench.rules.yml')).toBe(changed);
    expect(readdirSync(join(project.folder, 'mine'))).toEqual(['forgebench.rules.yml', 'grafana']);
  });

  it('refuses an address that is none, before it makes a folder', async () => {
    for (const address of ['bench.local', 'http://bench.local:4280']) {
      const { code, stderr } = await run('none', address);
      expect(code).toBe(2);
      expect(stderr).toContain(`Cannot scrape "${address}": write the address of a server as HOST:PORT`);
    }
    const { code, stderr } = await run('none', '--prometheus', 'prometheus.local:9090');
    expect(code).toBe(2);
    expect(stderr).toContain('Cannot use --prometheus "prometheus.local:9090": write a URL');
    expect(readdirSync(project.folder)).not.toContain('none');
  });
});
