// The detectors of change points, as JavaScript calls them.
import { describe, expect, it } from 'vitest';
import { engine } from '../../src/native/index.js';

const series = Float64Array.from([0.3, 2.4, 1.5, -0.9, -0.5, 99.7, 98.3, 99.1, 149, 149.7, 149.5, 149.1, 148.8, 150]);
const divisive = { wholeSegments: false, significance: 0.05, permutations: 199, seed: 1 };

describe('the detectors of change points', () => {
  it('agree on what is clear', async () => {
    expect(engine().eDivisive(series, divisive)).toEqual([5, 8]);
    expect(engine().eDivisive(series, { ...divisive, wholeSegments: true })).toEqual([5, 8]);
    expect(engine().hunter(series, { window: 50, significance: 0.001, leastMagnitude: 0 })).toEqual([5, 8]);
    expect(engine().pelt(series, 50, 2)).toEqual([5, 8]);
    expect(engine().potts(series)).toEqual([5, 8]);
  });

  it('find the same off the JavaScript thread', async () => {
    await expect(engine().eDivisiveAsync(series, divisive)).resolves.toEqual([5, 8]);
    await expect(engine().pottsAsync(series)).resolves.toEqual([5, 8]);
  });

  it('refuse what cannot be searched with a remedy', async () => {
    expect(() => engine().pelt(series, 0, 1)).toThrow(/penalty 0: it must be positive/);
    expect(() => engine().pelt(series, 1, 0)).toThrow(/use 1 or more/);
    expect(() => engine().hunter(series, { window: 1, significance: 0.001, leastMagnitude: 0 })).toThrow(/use 50/);
    expect(() => engine().eDivisive(series, { ...divisive, permutations: 0 })).toThrow(/use 1 or more/);
    await expect(engine().eDivisiveAsync(series, { ...divisive, significance: 1 })).rejects.toThrow(/use 0\.05/);
    await expect(engine().pottsAsync(Float64Array.of(1, NaN))).rejects.toThrow(/index 1 is not finite/);
  });
});
