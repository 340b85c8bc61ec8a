// @ts-check
// Says what a long step is doing: one updating line at a terminal, a plain line every ten seconds elsewhere.

/**
 * Shows a line that is asked for again and again until it is stopped.
 *
 * @param {() => string} text What to show now.
 * @param {NodeJS.WriteStream} [stream] Where; standard error where nothing is said.
 * @returns {() => void} Stops it and clears the line.
 * @example
 * const stop = showProgress(() => `crate ${done} of ${total}`);
 */
export function showProgress(text, stream = process.stderr) {
  const terminal = stream.isTTY === true;
  const show = () => stream.write(terminal ? `\r\x1b[2K${text().slice(0, (stream.columns ?? 80) - 1)}` : `${text()}\n`);
  if (terminal) show();
  const timer = setInterval(show, terminal ? 500 : 10_000);
  return () => {
    clearInterval(timer);
    if (terminal) stream.write('\r\x1b[2K');
  };
}

/**
 * A duration for people.
 *
 * @param {number} milliseconds
 * @returns {string} `0.4 s`, `12 s`, `3 min 05 s`.
 */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/**
 * How far a counted job is, with the time left at the rate so far.
 *
 * @param {{ unit: string, done: number, fresh: number, total: number }} count `fresh` of the `done` cost no time.
 * @param {number} elapsedMs Time since the start, milliseconds.
 * @returns {string} `crate 12 of 80, about 2 min 10 s left`; without the time at the start and at the end.
 */
export function howFar({ unit, done, fresh, total }, elapsedMs) {
  const worked = done - fresh;
  const left = total - done;
  const text = `${unit} ${Math.min(done, total)} of ${total}`;
  // The last ones are the big ones, which a rate knows nothing of.
  if (worked < 5 || left < 3) return `${text}, ${duration(elapsedMs)} so far`;
  return `${text}, about ${duration((elapsedMs / worked) * left)} left`;
}
