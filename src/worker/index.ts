// The only door of the room: where its programs lie.
export { standaloneProgram, workerProgram } from './worker-program.js';
