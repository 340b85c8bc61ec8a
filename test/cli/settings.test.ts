// Flags go before the configuration, the configuration before presets.
import { describe, expect, it } from 'vitest';
import { type MeasuringFlags, makeSettings } from '../../src/cli/settings.js';
import { UsageError } from '../../src/cli/usage-error.js';
import { PRESETS } from '../../src/plan/index.js';

const NONE = { definitions: 'benches' };

describe('the settings of a run', () => {
  it('are those of the preset where nobody says more', () => {
    expect(makeSettings({ seed: '7' }, NONE)).toEqual({ preset: 'default', seed: 7, ...PRESETS.default });
    expect(makeSettings({ seed: '7', quick: true }, NONE)).toEqual({ preset: 'quick', seed: 7, ...PRESETS.quick });
    expect(makeSettings({ thorough: true }, NONE)).toMatchObject({ preset: 'thorough', ...PRESETS.thorough });
  });

  it('are those of the configuration where it says more, and of a flag where that does', () => {
    const configuration = { ...NONE, launches: 4, budget: '2m', warmUp: '10ms', measure: '1.5 s', timeout: '3s' };
    expect(makeSettings({}, configuration)).toMatchObject({
      launches: 4,
      budgetMs: 120_000,
      warmUpNs: 10e6,
      measureNs: 1.5e9,
      timeoutMs: 3000,
    });
    expect(makeSettings({ launches: '9', budget: '90s' }, configuration)).toMatchObject({
      launches: 9,
      budgetMs: 90_000,
    });
  });

  it('count instructions where a flag or the configuration says so, and never beside memory alone', () => {
    expect(makeSettings({}, NONE)).not.toHaveProperty('instructionLaunches');
    expect(makeSettings({ instructions: true }, NONE)).toMatchObject({ instructionLaunches: 3 });
    const configuration = { ...NONE, instructions: true };
    expect(makeSettings({}, configuration)).toMatchObject({ instructionLaunches: 3 });
    expect(makeSettings({ instructions: false }, configuration)).not.toHaveProperty('instructionLaunches');
    expect(makeSettings({ memory: true }, configuration)).not.toHaveProperty('instructionLaunches');
  });

  it('are those of memory launches alone with --memory, whose launches are the ones that are counted', () => {
    expect(makeSettings({ memory: true, seed: '7' }, NONE)).toEqual({ preset: 'memory', seed: 7, ...PRESETS.memory });
    const flags = { memory: true, launches: '4', memoryOperations: '250k' };
    expect(makeSettings(flags, { ...NONE, launches: 9, memoryLimit: '5s' })).toMatchObject({
      launches: 0,
      memoryLaunches: 4,
      memoryOperations: 250_000,
      memoryLimitNs: 5e9,
    });
  });

  it('make memory launches beside timed ones long where operations are asked for, and short where not', () => {
    expect(makeSettings({ memoryOperations: '1.5M' }, NONE)).toMatchObject({ launches: 5, memoryOperations: 1.5e6 });
    expect(makeSettings({}, { ...NONE, memoryOperations: 500 }).memoryOperations).toBeNull();
    expect(makeSettings({ memory: true }, { ...NONE, memoryOperations: 500 }).memoryOperations).toBe(500);
  });

  it('have a seed of their own where none is given', () => {
    const seeds = new Set(Array.from({ length: 5 }, () => makeSettings({}, NONE).seed));
    expect(seeds.size).toBe(5);
  });

  const refused: [MeasuringFlags, RegExp][] = [
    [{ launches: '-3' }, /^Cannot use --launches -3: it must be a whole number from 1 to 10000$/],
    [{ launches: '0' }, /--launches 0/],
    [{ launches: '2.5' }, /--launches 2.5/],
    [{ launches: '' }, /whole number/],
    [{ launches: '1e9' }, /from 1 to 10000/],
    [{ memoryOperations: 'many' }, /^Cannot use --memory-operations many: it must be a number of operations such as/],
    [{ memoryOperations: '0' }, /--memory-operations 0/],
    [{ seed: 'x' }, /^Cannot use --seed x: it must be a whole number from 0 to 4294967295$/],
    [{ seed: '-1' }, /--seed -1/],
    [{ seed: '4294967296' }, /from 0 to 4294967295/],
    [
      { budget: '10q' },
      /^Cannot use budget "10q": .*"q" is no unit of time; write a number and ns, µs, ms, s, m, h, d or w/,
    ],
    [{ budget: '10' }, /it has no unit/],
    [{ budget: '-10m' }, /it is negative/],
    [{ budget: '0s' }, /it must be longer than nothing/],
  ];
  it.each(refused)('are refused with %o', (flags, message) => {
    expect(() => makeSettings(flags, NONE)).toThrow(UsageError);
    expect(() => makeSettings(flags, NONE)).toThrow(message);
  });
});
