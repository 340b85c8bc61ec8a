// Where the programs of the room lie. `run` starts them by path; nothing of them is imported.
import { fileURLToPath } from 'node:url';

/** Absolute path of the worker's program. */
export const workerProgram: string = fileURLToPath(new URL('./main.js', import.meta.url));

/** Absolute path of the program that runs JavaScript for callgrind. */
export const jitlessProgram: string = fileURLToPath(new URL('./jitless.js', import.meta.url));

/** Absolute path of the program that runs a workload for tools which start it themselves. */
export const standaloneProgram: string = fileURLToPath(new URL('./standalone.js', import.meta.url));
