// Settings of a run: preset, then configuration, then flags, in rising order.
import { randomInt } from 'node:crypto';
import { type PlanSettings, PRESETS } from '../plan/index.js';
import { parseDuration } from '../units/index.js';
import type { CheckedConfiguration } from './project.js';
import { UsageError } from './usage-error.js';

/** Flags that every measuring verb has. */
export interface MeasuringFlags {
  quick?: boolean;
  thorough?: boolean;
  budget?: string;
  launches?: string;
  seed?: string;
  json?: boolean;
}

/** The settings that flags and configuration make together. */
export function makeSettings(flags: MeasuringFlags, configuration: CheckedConfiguration): PlanSettings {
  const preset = flags.quick ? 'quick' : flags.thorough ? 'thorough' : 'default';
  const defaults = PRESETS[preset];
  const { launches, memoryLaunches, samples, warmUp, measure, budget, timeout, significance } = configuration;
  const budgetText = flags.budget ?? budget;
  return {
    preset,
    seed: flags.seed === undefined ? randomInt(2 ** 32) : integer('--seed', flags.seed, { low: 0, high: 2 ** 32 - 1 }),
    launches:
      flags.launches === undefined
        ? (launches ?? defaults.launches)
        : integer('--launches', flags.launches, { low: 1, high: 10_000 }),
    memoryLaunches: memoryLaunches ?? defaults.memoryLaunches,
    samples: samples ?? defaults.samples,
    warmUpNs: warmUp === undefined ? defaults.warmUpNs : nanoseconds('warmUp', warmUp),
    measureNs: measure === undefined ? defaults.measureNs : nanoseconds('measure', measure),
    budgetMs: budgetText === undefined ? defaults.budgetMs : nanoseconds('budget', budgetText) / 1e6,
    timeoutMs: timeout === undefined ? defaults.timeoutMs : nanoseconds('timeout', timeout) / 1e6,
    significance: significance ?? defaults.significance,
  };
}

/** Milliseconds of a flag such as `--budget 10m`. */
export function milliseconds(name: string, text: string): number {
  return nanoseconds(name, text) / 1e6;
}

function nanoseconds(name: string, text: string): number {
  try {
    const ms = parseDuration(text);
    if (ms > 0) return ms * 1e6;
  } catch (error) {
    throw new UsageError(`Cannot use ${name} "${text}": ${(error as Error).message}`);
  }
  throw new UsageError(`Cannot use ${name} "${text}": it must be longer than nothing`);
}

function integer(name: string, text: string, range: { low: number; high: number }): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= range.low && value <= range.high) return value;
  throw new UsageError(`Cannot use ${name} ${text}: it must be a whole number from ${range.low} to ${range.high}`);
}
