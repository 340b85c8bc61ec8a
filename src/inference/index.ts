// The only door of the room: what samples and series say. Published as `forgebench/statistics`.
export {
  type ChangePoint,
  changePoints,
  type DivisiveOptions,
  eDivisive,
  type HunterOptions,
  hunter,
  pelt,
  potts,
} from './change-points.js';
export { falseDiscoveryRates } from './false-discovery-rates.js';
export { familywiseErrorRates } from './familywise-error-rates.js';
export { type PairedTest, pairedPermutationTest, pairedTTest } from './paired.js';
export type { Resampling } from './resampling.js';
export type {
  Density,
  EffectSize,
  Interval,
  MannWhitney,
  Mode,
  Outliers,
  PermutationTest,
  QuantileInterval,
  TTest,
} from './results.js';
export { type BootstrapOptions, type DensityOptions, Sample } from './sample.js';
