// Where the program of a worker lies. `run` starts it by path; nothing of it is imported.
import { fileURLToPath } from 'node:url';

/** Absolute path of the worker's program. */
export const workerProgram: string = fileURLToPath(new URL('./main.js', import.meta.url));
