// What `npm run miri` says where it cannot run; what it finds is the business of the crates' own tests.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../scripts/miri.js';

describe('npm run miri', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  it('names the remedy where Miri is not installed', async () => {
    vi.stubEnv('PATH', '/nowhere');
    const error = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await main([])).toBe(2);
    expect(error.mock.calls.join('')).toContain('Miri is not installed');
    expect(error.mock.calls.join('')).toContain('rustup toolchain install nightly');
  });

  it.each([
    ['--help', 0],
    ['histogram', 2],
  ])('explains itself at %s and ends with %i', async (argument, code) => {
    const error = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await main([argument])).toBe(code);
    expect(error.mock.calls.join('')).toContain('Usage: npm run miri');
  });
});
