// Ctrl-C: what is finished is kept and reported; a second one ends at once.

/** A signal that aborts on SIGINT or SIGTERM. */
export function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write('\nInterrupted: what is finished will be reported. Once more ends at once.\n');
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}
