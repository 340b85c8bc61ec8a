// The only door of the room: requests of launches and what finished ones saw.
export { type Journal, parseJournal, toJournalLine } from './journal.js';
export {
  type InstructionCount,
  type LaunchFailure,
  type LaunchKind,
  type LaunchRecord,
  type LaunchRequest,
  launchFailure,
  launchKind,
  launchRecord,
  type MemoryUse,
  type Parameters,
  type Profiled,
  type Resources,
  type Side,
  type Span,
  type Timeline,
  type Timing,
  timeline,
  WIRE_VERSION,
  type WorkloadReference,
  workloadReference,
} from './launch.js';
