// Every function of the list of slowdowns is where the list says.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { injectSlowdowns } from '../../../scripts/trials/inject.js';
import { SLOWED_CRATES } from '../../../scripts/trials/slowdowns.js';

const root = mkdtempSync(join(tmpdir(), 'forgebench-inject-'));
afterAll(() => rmSync(root, { recursive: true }));

it.each(SLOWED_CRATES)('patches a copy of $crate', (crate) => {
  injectSlowdowns(crate, root, 'time');
  const source = join(root, crate.crate, 'src');
  expect(readFileSync(join(source, 'forgebench_slow.rs'), 'utf8')).toContain('static SHARE: [u64; 2]');
  expect(readFileSync(join(source, 'lib.rs'), 'utf8')).toMatch(/\nmod forgebench_slow;\n$/);
  for (const { file, signature } of crate.slowdowns) {
    const [, body = ''] = readFileSync(join(source, file), 'utf8').split(signature);
    expect(body).toMatch(/^[^;]*\{\n {4}let _slow = crate::forgebench_slow::Slow::begin\(\);/);
  }
});

it('refuses a function that is not there', () => {
  const [crate] = SLOWED_CRATES;
  const absent = { file: 'lib.rs', signature: 'pub fn not_there(', cases: [] };
  const broken = { ...(crate as NonNullable<typeof crate>), slowdowns: [absent] };
  expect(() => injectSlowdowns(broken, root, 'instructions')).toThrow('does not have it once');
});
