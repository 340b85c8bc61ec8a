// Batches of a JavaScript body inside this process: what they count as its time.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openModuleCase } from '../../src/worker/module-case.js';

const BODIES = fileURLToPath(new URL('../fixtures/worker/bodies.mjs', import.meta.url));

const open = (name: string, concurrency = 1, parameters = {}) =>
  openModuleCase({ kind: 'module', file: BODIES, export: name, concurrency }, parameters);

describe('operations timed alone', () => {
  it.each(['empty', 'emptyAsync'])('take together what each took, without readings of the clock: %s', async (name) => {
    const workload = await open(name);
    let sum = 0;
    const elapsed = await workload.each(5_000, (ns) => {
      sum += ns;
    });
    expect(elapsed).toBe(sum);
  });

  it('take together less than their sum where several are under way', async () => {
    const workload = await open('sleep', 8, { ms: 2 });
    let sum = 0;
    const elapsed = await workload.each(32, (ns) => {
      sum += ns;
    });
    expect(sum).toBeGreaterThan(4 * elapsed);
  });
});
