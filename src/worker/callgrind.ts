// How callgrind is started, and what it says at its end.

/**
 * Counts nothing until it is asked to, writes no profile, and is silent about processes that a workload starts. Turns of
 * threads are shared fairly: one that waits by spinning would keep the others from what it waits for.
 */
export function callgrindArguments(log: string): string[] {
  return [
    '--tool=callgrind',
    '--instr-atstart=no',
    '--callgrind-out-file=/dev/null',
    '--child-silent-after-fork=yes',
    '--fair-sched=try',
    `--log-file=${log}`,
  ];
}

/**
 * The instructions that were counted, from callgrind's log; undefined where it ended without a count.
 *
 * @example
 * collectedInstructions('==7== Events    : Ir\n==7== Collected : 90134950\n') // 90134950
 */
export function collectedInstructions(log: string): number | undefined {
  const collected = /^==\d+== Collected\s*:\s*(\d+)/m.exec(log)?.[1];
  return collected === undefined ? undefined : Number(collected);
}
