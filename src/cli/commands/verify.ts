// `forgebench verify`: each workload once, its answer checked, untimed.
import { type Selection, selectCases } from '../../definition/index.js';
import { launch } from '../../run/index.js';
import { type LaunchRecord, WIRE_VERSION } from '../../samples/index.js';
import { counted } from '../../units/index.js';
import { workerProgram } from '../../worker/index.js';
import { EXIT } from '../exit-code.js';
import { abortOnInterrupt } from '../interrupt.js';
import { scratchFolder } from '../measure-plan.js';
import { openProject } from '../project.js';

/** Long set-ups take seconds; an answer that takes longer than this is no benchmark. */
const VERIFY_TIMEOUT_MS = 60e3;

/** Verifies the selected cases; returns the exit code. */
export async function verify(selects: string[], flags: { json?: boolean }): Promise<number> {
  const { benchmarks } = await openProject(process.cwd());
  const signal = abortOnInterrupt();
  const records: LaunchRecord[] = [];
  let unexpected = 0;
  for (const { benchmark, each } of casesOf(selectCases(benchmarks, selects))) {
    if (signal.aborted) break;
    const record = await verifyCase({ benchmark, each, index: records.length }, signal);
    records.push(record);
    const { outcome } = record;
    if (outcome.status === 'failed' && outcome.failure.reason !== benchmark.expects) unexpected += 1;
    if (!flags.json)
      process.stdout.write(
        `${outcome.status === 'ok' ? '✓' : '✗'} ${each.id}${outcome.status === 'failed' ? `\n    ${outcome.failure.message}` : ''}\n`,
      );
  }
  if (flags.json)
    process.stdout.write(
      `${JSON.stringify(
        records.map(({ caseId, outcome }) => ({ caseId, ...outcome })),
        null,
        2,
      )}\n`,
    );
  else
    process.stdout.write(
      `${records.length - unexpected} of ${counted(records.length, 'case')} gave the right answer\n`,
    );
  if (signal.aborted) return EXIT.interrupted;
  return unexpected > 0 ? EXIT.failed : EXIT.well;
}

function casesOf(selections: readonly Selection[]) {
  return selections.flatMap(({ benchmark, cases }) => cases.map((each) => ({ benchmark, each })));
}

type Job = ReturnType<typeof casesOf>[number] & { index: number };

function verifyCase({ benchmark, each, index }: Job, signal: AbortSignal): Promise<LaunchRecord> {
  const request = {
    version: WIRE_VERSION as typeof WIRE_VERSION,
    index,
    caseId: each.id,
    kind: 'verify' as const,
    workload: benchmark.workload,
    parameters: each.parameters,
    warmUpNs: 0,
    measureNs: 1,
    samples: 1,
    timeoutMs: VERIFY_TIMEOUT_MS,
  };
  return launch(request, { worker: workerProgram, cwd: scratchFolder(), signal });
}
