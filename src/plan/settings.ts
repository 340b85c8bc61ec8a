// The presets of the command line.
import type { PlanSettings } from './plan.js';

type Preset = Omit<PlanSettings, 'preset' | 'seed'>;

/** What `--quick`, nothing, `--thorough` and `--memory` mean. Times are upper bounds: the budget may shorten them. */
export const PRESETS: Readonly<Record<'quick' | 'default' | 'thorough' | 'memory', Preset>> = {
  quick: {
    launches: 3,
    memoryLaunches: 2,
    memoryOperations: null,
    memoryLimitNs: 20e9,
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
    memoryOperations: null,
    memoryLimitNs: 20e9,
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
    memoryOperations: null,
    memoryLimitNs: 20e9,
    samples: 100,
    warmUpNs: 1e9,
    measureNs: 2e9,
    budgetMs: null,
    timeoutMs: 60e3,
    significance: 0.05,
  },
  memory: {
    launches: 0,
    memoryLaunches: 2,
    memoryOperations: 1e6,
    memoryLimitNs: 20e9,
    samples: 25,
    warmUpNs: 100e6,
    measureNs: 250e6,
    budgetMs: 1800e3,
    timeoutMs: 60e3,
    significance: 0.05,
  },
};
