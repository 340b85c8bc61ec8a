// Ends a launch's process group when this process is killed and cannot do so itself.
import { spawn } from 'node:child_process';

/** Reads until the pipe from this process closes, which is what SIGKILL does to it, then kills the group. */
const SCRIPT = 'read -r _; kill -s KILL -- "-$1"';

/**
 * Watches a process group from outside. Workers and commands ask the kernel for a death signal, but what a command
 * starts in turn does not; a small shell that sleeps in `read` disturbs no measurement and sees this process end
 * whatever ended it.
 *
 * @param group id of the process group, which is that of its leader
 * @returns a function that ends the watch and leaves the group alone
 * @example
 * const release = guardGroup(child.pid);
 * child.once('close', release);
 */
export function guardGroup(group: number): () => void {
  // A group of its own, so that Ctrl-C at the terminal does not end the guard before those whom it watches.
  const guard = spawn('/bin/sh', ['-c', SCRIPT, 'forgebench-guard', String(group)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.on('error', () => {}); // Without a shell the death signals of workers and commands remain.
  guard.stdin.on('error', () => {}); // The guard was killed first; it was never written to.
  guard.unref();
  return () => guard.kill('SIGKILL');
}
