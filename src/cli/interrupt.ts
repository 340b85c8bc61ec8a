// Ctrl-C, or a terminal that is closed: what is finished is kept and reported; a second one ends at once.

/** A signal that aborts on SIGINT, SIGTERM or SIGHUP. */
export function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write('\nInterrupted: what is finished will be reported. Once more ends at once.\n');
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
  return controller.signal;
}
