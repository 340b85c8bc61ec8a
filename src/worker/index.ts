// The only door of the room: where the program of a worker lies. Nothing of it is imported; `run` starts it by path.
import { fileURLToPath } from 'node:url';

/** Absolute path of the worker's program. */
export const workerProgram: string = fileURLToPath(new URL('./main.js', import.meta.url));
