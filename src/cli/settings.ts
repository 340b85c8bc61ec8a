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
  memory?: boolean;
  memoryOperations?: string;
  instructions?: boolean;
  budget?: string;
  launches?: string;
  seed?: string;
  json?: boolean;
}

/** So many show whether a case does the same in every launch. */
const INSTRUCTION_LAUNCHES = 3;

/** The settings that flags and configuration make together. */
export function makeSettings(flags: MeasuringFlags, configuration: CheckedConfiguration): PlanSettings {
  const preset = flags.memory ? 'memory' : flags.quick ? 'quick' : flags.thorough ? 'thorough' : 'default';
  const defaults = PRESETS[preset];
  const { launches, samples, warmUp, measure, budget, timeout, significance } = configuration;
  const budgetText = flags.budget ?? budget;
  return {
    preset,
    seed: flags.seed === undefined ? randomInt(2 ** 32) : integer('--seed', flags.seed, { low: 0, high: 2 ** 32 - 1 }),
    launches: preset === 'memory' ? 0 : (launchesOf(flags) ?? launches ?? defaults.launches),
    ...memorySettings(flags, configuration, preset),
    ...(preset !== 'memory' &&
      (flags.instructions ?? configuration.instructions) && { instructionLaunches: INSTRUCTION_LAUNCHES }),
    samples: samples ?? defaults.samples,
    warmUpNs: warmUp === undefined ? defaults.warmUpNs : nanoseconds('warmUp', warmUp),
    measureNs: measure === undefined ? defaults.measureNs : nanoseconds('measure', measure),
    budgetMs: budgetText === undefined ? defaults.budgetMs : nanoseconds('budget', budgetText) / 1e6,
    timeoutMs: timeout === undefined ? defaults.timeoutMs : nanoseconds('timeout', timeout) / 1e6,
    significance: significance ?? defaults.significance,
  };
}

function launchesOf({ launches }: MeasuringFlags): number | undefined {
  return launches === undefined ? undefined : integer('--launches', launches, { low: 1, high: 10_000 });
}

type MemorySettings = Pick<PlanSettings, 'memoryLaunches' | 'memoryOperations' | 'memoryLimitNs'>;

/** With `--memory` alone, `--launches` speaks of the launches that there are. */
function memorySettings(
  flags: MeasuringFlags,
  { memoryLaunches, memoryOperations, memoryLimit }: CheckedConfiguration,
  preset: keyof typeof PRESETS,
): MemorySettings {
  const defaults = PRESETS[preset];
  const endurance = preset === 'memory' || flags.memoryOperations !== undefined;
  const operations = memoryOperations ?? PRESETS.memory.memoryOperations;
  return {
    memoryLaunches: (preset === 'memory' ? launchesOf(flags) : undefined) ?? memoryLaunches ?? defaults.memoryLaunches,
    memoryOperations: endurance
      ? flags.memoryOperations === undefined
        ? operations
        : count('--memory-operations', flags.memoryOperations)
      : null,
    memoryLimitNs: memoryLimit === undefined ? defaults.memoryLimitNs : nanoseconds('memoryLimit', memoryLimit),
  };
}

const PREFIXES: Readonly<Record<string, number>> = { '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9 };

/** A count as people write it: `250000`, `500k`, `1M`. */
function count(name: string, text: string): number {
  const [, digits = '', prefix = ''] = /^(\d+(?:\.\d+)?)([kKMG]?)$/.exec(text.trim()) ?? [];
  const value = digits === '' ? Number.NaN : Math.round(Number(digits) * (PREFIXES[prefix] ?? 1));
  if (value >= 1 && value <= 1e12) return value;
  throw new UsageError(`Cannot use ${name} ${text}: it must be a number of operations such as 250000, 500k or 1M`);
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

/**
 * The whole number of a flag.
 *
 * @throws UsageError where it is none, or out of range
 */
export function integer(name: string, text: string, range: { low: number; high: number }): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= range.low && value <= range.high) return value;
  throw new UsageError(`Cannot use ${name} ${text}: it must be a whole number from ${range.low} to ${range.high}`);
}
