// promtool, which comes with Prometheus: with CI=true a test that needs one of these programs fails where it is missing.
import { spawnSync } from 'node:child_process';

/** Whether tests that need this program of the Debian packages `prometheus` and `prometheus-pushgateway` are run. */
export function has(program: 'promtool' | 'prometheus' | 'prometheus-pushgateway'): boolean {
  return process.env.CI === 'true' || spawnSync(program, ['--version']).status === 0;
}

/** Runs promtool in a folder. */
export function promtool(args: readonly string[], options: { cwd?: string; input?: string }) {
  return spawnSync('promtool', args, { encoding: 'utf8', ...options });
}
