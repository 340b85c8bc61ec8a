// From a plan to records in a journal, with progress.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Selection } from '../definition/index.js';
import { type CountedIterations, keepBudget, type Plan, repeatIterations } from '../plan/index.js';
import { runPlan } from '../run/index.js';
import type { LaunchRecord, LaunchRequest } from '../samples/index.js';
import { isSettled } from '../statistics/index.js';
import { createRunFolder, type PlanFile, RUN_VERSION, type RunFolder } from '../store/index.js';
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

/** What is to be measured. */
interface Intention {
  project: Project;
  selections: readonly Selection[];
  plan: Plan;
  /** Iterations whose instructions an earlier run has counted, by case: what is done once weighs the same then. */
  counted?: CountedIterations | undefined;
}

/** Writes the plan, makes its launches and keeps each as soon as it is finished. */
export async function measurePlan(
  { project, selections, plan, counted }: Intention,
  signal: AbortSignal,
): Promise<Measured> {
  const startedAt = new Date();
  const file: PlanFile = {
    version: RUN_VERSION,
    id: runId(startedAt),
    startedAt: startedAt.toISOString(),
    environment: environmentOf(project, selections),
    benchmarks: selections.map(({ benchmark, cases }) => ({ ...benchmark, cases })),
    plan,
  };
  const folder = createRunFolder(project.runs, file);
  const records: LaunchRecord[] = [];
  const settled = new Set<string>();
  const repeater = repeatIterations(counted);
  const keeper = keepBudget(plan.requests, plan.settings.budgetMs);
  const leftOut = new Set<string>();
  const display = progressDisplay();
  const hooks = {
    skip(request: LaunchRequest): boolean {
      if (request.kind === 'time' && settled.has(request.caseId)) return true;
      const isLeftOut = keeper.leavesOut(request, Date.now() - startedAt.getTime());
      if (isLeftOut) leftOut.add(request.caseId);
      return isLeftOut;
    },
    amend: repeater.amend,
    onRecord(record: LaunchRecord) {
      records.push(record);
      folder.append(record);
      keeper.made(record);
      repeater.made(record);
      const ofCase = records.filter(({ caseId }) => caseId === record.caseId);
      if (isSettled(ofCase, plan.settings.significance)) settled.add(record.caseId);
    },
    onProgress: (progress: Parameters<typeof display.show>[1]) => display.show('Measuring', progress),
  };
  await runPlan(plan, hooks, { worker: workerProgram, cwd: scratchFolder(), signal }).finally(display.clear);
  if (leftOut.size > 0)
    process.stderr.write(
      `Left out launches of ${leftOut.size} cases that take long, to end within the budget; their intervals are wider for it\n`,
    );
  return { folder, file, records };
}

/** Sortable, readable, and unique for runs that start in the same second. */
function runId(now: Date): string {
  const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${time}-${process.pid.toString(36)}`;
}

/** What workloads leave in their working folder must not land in the user's. */
export function scratchFolder(): string {
  return join(tmpdir(), `forgebench-${process.pid}`);
}
