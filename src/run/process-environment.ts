// The environment variables of a process that runs a workload.

/**
 * Those of this process, without options that are for this process alone. Backtraces are off: those of errors that a
 * workload provokes would be timed with it (20 times slower where measured).
 *
 * @example
 * spawn(process.execPath, [program], { env: processEnvironment() });
 */
export function processEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _dropped, ...rest } = process.env;
  return { ...rest, RUST_BACKTRACE: '0', RUST_LIB_BACKTRACE: '0' };
}
