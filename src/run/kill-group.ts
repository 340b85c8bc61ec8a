// Ends a process together with everything that it has started in its group.

/**
 * Kills all processes of a group; one that is gone already is no error.
 *
 * @param group id of the process group, which is that of its leader; nothing happens where a leader never started
 * @example
 * child.once('exit', () => killGroup(child.pid));
 */
export function killGroup(group: number | undefined): void {
  if (group === undefined) return;
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}
