// From a plan to records in a journal, with progress.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, Selection } from '../definition/index.js';
import { type CountedIterations, keepBudget, type Plan, repeatIterations } from '../plan/index.js';
import { identifyProcess, type RunHooks, runPlan } from '../run/index.js';
import type { LaunchRecord, LaunchRequest } from '../samples/index.js';
import { isSettled } from '../statistics/index.js';
import { createRunFolder, type PlanFile, RUN_VERSION, type RunFolder, type RunVersions } from '../store/index.js';
import { counted } from '../units/index.js';
import { workerProgram } from '../worker/index.js';
import { environmentOf } from './environment-of.js';
import { progressDisplay } from './progress.js';
import type { Project } from './project.js';

/** What measuring leaves: the folder on disk, its plan, and the records in the order of their end. */
export interface Measured {
  folder: RunFolder;
  file: PlanFile;
  records: LaunchRecord[];
}

/** What is about to be measured. */
export interface Intention {
  project: Project;
  selections: readonly Selection[];
  plan: Plan;
  /** Iterations whose instructions an earlier run has counted, by case: what is done once weighs the same then. */
  counted?: CountedIterations | undefined;
  /** Both sides, where launches of two versions are in the plan. */
  versions?: RunVersions;
}

/** Writes the plan, makes its launches and keeps each as soon as it is finished. */
export async function measurePlan(
  { project, selections, plan, counted, versions }: Intention,
  signal: AbortSignal,
): Promise<Measured> {
  const startedAt = new Date();
  const file: PlanFile = {
    version: RUN_VERSION,
    id: runId(startedAt),
    startedAt: startedAt.toISOString(),
    environment: environmentOf(project, selections),
    benchmarks: selections.map(({ benchmark, cases }): Benchmark => ({ ...benchmark, cases })),
    plan,
    ...(versions && { versions }),
    writer: identifyProcess(),
  };
  const measured: Measured = { folder: createRunFolder(project.runs, file), file, records: [] };
  const settled = new Set<string>();
  const repeater = repeatIterations(counted);
  const keeper = keepBudget(plan.requests, plan.settings.budgetMs);
  const leftOut = new Set<string>();
  await makeLaunches(measured, plan.requests, signal, {
    skip(request) {
      if (request.kind === 'time' && settled.has(request.caseId)) return true;
      const isLeftOut = keeper.leavesOut(request, Date.now() - startedAt.getTime());
      if (isLeftOut) leftOut.add(request.caseId);
      return isLeftOut;
    },
    amend: repeater.amend,
    onRecord(record) {
      keeper.made(record);
      repeater.made(record);
      // Two versions get equally many launches: whether they differ is another question than how long a case takes.
      if (versions !== undefined) return;
      const ofCase = measured.records.filter(({ caseId }) => caseId === record.caseId);
      if (isSettled(ofCase, plan.settings.significance)) settled.add(record.caseId);
    },
  });
  const isOver = Date.now() - startedAt.getTime() > (plan.settings.budgetMs ?? Number.POSITIVE_INFINITY);
  if (leftOut.size > 0) process.stderr.write(leftOutText(leftOut.size, isOver));
  return measured;
}

/** What was not measured; `isOver` where what is never left out took longer than the budget by itself. */
export function leftOutText(cases: number, isOver: boolean): string {
  const why = isOver
    ? 'but the budget was too short for the least that a run measures, two launches of each case'
    : 'to end within the budget';
  return `Left out launches of ${counted(cases, 'case')} that take long, ${why}; intervals are wider for it\n`;
}

/** Adds launches to a run that was measured, and makes them. */
export async function measureMore(
  measured: Measured,
  added: readonly LaunchRequest[],
  signal: AbortSignal,
): Promise<void> {
  const { file, folder, records } = measured;
  measured.file = { ...file, plan: { ...file.plan, requests: [...file.plan.requests, ...added] } };
  folder.replan(measured.file);
  const repeater = repeatIterations();
  records.forEach(repeater.made);
  await makeLaunches(measured, added, signal, { amend: repeater.amend });
}

type Watch = Partial<Pick<RunHooks, 'skip' | 'amend' | 'onRecord'>>;

async function makeLaunches(
  { folder, records }: Measured,
  requests: readonly LaunchRequest[],
  signal: AbortSignal,
  { skip, amend, onRecord }: Watch,
): Promise<void> {
  const display = progressDisplay();
  const hooks: RunHooks = {
    ...(skip && { skip }),
    ...(amend && { amend }),
    onRecord(record) {
      records.push(record);
      folder.append(record);
      onRecord?.(record);
    },
    onProgress: (progress) => display.show('Measuring', progress),
  };
  await runPlan(requests, hooks, { worker: workerProgram, cwd: scratchFolder(), signal }).finally(display.clear);
}

/** Runs that this process has started. */
let started = 0;

/** Sortable, readable, and unique for runs that start in the same second, of one process too. */
function runId(now: Date): string {
  const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  started++;
  return `${time}-${process.pid.toString(36)}${started === 1 ? '' : `-${started}`}`;
}

/** What workloads leave in their working folder must not land in the user's. */
export function scratchFolder(): string {
  return join(tmpdir(), `forgebench-${process.pid}`);
}
