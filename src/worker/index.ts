// The only door of the room: where the program of a worker lies.
export { workerProgram } from './worker-program.js';
