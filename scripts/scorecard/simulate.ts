// Simulated series: noise of three kinds around 100, with or without a step.
import { Random } from './random.js';

/** Independent normal noise; the same with spikes; and noise with autocorrelation 0.5. */
export type Noise = 'normal' | 'spiky' | 'autocorrelated';

/** All kinds of noise. */
export const NOISES: readonly Noise[] = ['normal', 'spiky', 'autocorrelated'];

/** Standard deviation of the noise, as a share of the level. */
const DEVIATION = 0.05;
const SPIKES = { share: 0.02, factor: 1.3 };
const CORRELATION = 0.5;

/** What is simulated. */
export interface Simulation {
  noise: Noise;
  count: number;
  /** Where the level rises, and by how many standard deviations of the noise without spikes. */
  step?: { index: number; deviations: number };
  seed: number;
}

/** One series; the same seed gives the same noise for any step. */
export function simulate({ noise, count, step, seed }: Simulation): number[] {
  const random = new Random(seed);
  let state = random.normal();
  return Array.from({ length: count }, (_, index) => {
    const innovation = random.normal();
    state =
      noise === 'autocorrelated' ? CORRELATION * state + Math.sqrt(1 - CORRELATION ** 2) * innovation : innovation;
    const isSpike = noise === 'spiky' && random.uniform() < SPIKES.share;
    const rise = step !== undefined && index >= step.index ? step.deviations : 0;
    return 100 * (1 + DEVIATION * (state + rise)) * (isSpike ? SPIKES.factor : 1);
  });
}
