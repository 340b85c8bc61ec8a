// The only door of the room: a command with all processes below it, profiled.
export { shellExitCode } from './command.js';
export { runSession, SESSION_ENGINES, type SessionOptions } from './run-session.js';
export type { Ending, Session, SessionProcess, SessionThread, SessionView } from './session.js';
export { toTable } from './to-table.js';
