// The presets of the command line.
import type { PlanSettings } from './plan.js';

type Preset = Omit<PlanSettings, 'preset' | 'seed'>;

/** What `--quick`, nothing and `--thorough` mean. Times are upper bounds: the budget may shorten them. */
export const PRESETS: Readonly<Record<'quick' | 'default' | 'thorough', Preset>> = {
  quick: {
    launches: 3,
    memoryLaunches: 2,
    samples: 25,
    warmUpNs: 100e6,
    measureNs: 250e6,
    budgetMs: 600e3,
    timeoutMs: 20e3,
    significance: 0.05,
  },
  default: {
    launches: 5,
    memoryLaunches: 2,
    samples: 50,
    warmUpNs: 300e6,
    measureNs: 1e9,
    budgetMs: 1800e3,
    timeoutMs: 20e3,
    significance: 0.05,
  },
  thorough: {
    launches: 25,
    memoryLaunches: 5,
    samples: 100,
    warmUpNs: 1e9,
    measureNs: 2e9,
    budgetMs: null,
    timeoutMs: 60e3,
    significance: 0.05,
  },
};
