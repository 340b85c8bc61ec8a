// The ordered list of launches to make, and the settings that it was made with.
import type { LaunchRequest } from '../samples/index.js';

/** How much to measure; times in nanoseconds unless the name says milliseconds. */
export interface PlanSettings {
  /** `quick`, `default`, `thorough` or `memory`, before flags changed anything. */
  preset: string;
  seed: number;
  /** Timed launches of each case, and launches that count memory. */
  launches: number;
  memoryLaunches: number;
  /** Operations that a memory launch goes on for; null counts for a quarter of `measureNs`. */
  memoryOperations: number | null;
  /** Time after which such a launch ends all the same. */
  memoryLimitNs: number;
  /** Launches of each case that count instructions; absent where nobody asked for them. */
  instructionLaunches?: number | undefined;
  samples: number;
  warmUpNs: number;
  measureNs: number;
  /** Total time to spend, milliseconds; null is open. */
  budgetMs: number | null;
  /** Time after which a launch counts as hung, milliseconds, where twenty times its own time is not more. */
  timeoutMs: number;
  /** 1 − confidence of every interval. */
  significance: number;
}

/** The launches to make, in order, and the settings that led to them. */
export interface Plan {
  settings: PlanSettings;
  requests: LaunchRequest[];
}
