// Follows a run under way: its journal, and what its processes use.
import { engine } from '../../native/index.js';
import { stateOfProcess } from '../../run/index.js';
import type { LaunchRecord } from '../../samples/index.js';
import { followRun, type PlanFile } from '../../store/index.js';
import { liveCases } from './live-cases.js';
import type { LiveLaunch, LiveRun, LiveState, LiveTotals, LiveUse } from './live-run.js';

/** A run that is looked at again and again. */
export interface LiveFollower {
  /** @throws StoreError where its files are gone or damaged */
  look(nowMs: number): LiveRun;
}

/** So many times as long as a launch may take: a run that is silent for longer does not go on. */
const PATIENCE = 2;

/** Follows the run of a folder; each look reads what was added. */
export function followLiveRun(path: string): LiveFollower {
  const follower = followRun(path);
  const cases = liveCases();
  const launches: LiveLaunch[] = [];
  const totals: LiveTotals = { measured: 0, failed: 0, samples: 0, operations: 0, cpuSeconds: 0 };
  const pace = { done: 0, firstMs: 0, lastMs: 0 };
  const watch = watchUse();
  return {
    look(nowMs) {
      const { file, added, isSaved } = follower.look();
      for (const record of added) {
        cases.add(record);
        launches.push(useOf(record));
        addTo(totals, record);
        if (pace.firstMs === 0) pace.firstMs = record.startedAt;
        pace.lastMs = Math.max(pace.lastMs, record.startedAt + record.durationMs);
        pace.done = Math.max(pace.done, record.index + 1);
      }
      const heardAt = pace.lastMs || Date.parse(file.startedAt);
      const state = isSaved ? 'finished' : stateOf(file, nowMs - heardAt);
      const left = file.plan.requests.length - pace.done;
      const eachMs = launches.length === 0 ? null : (pace.lastMs - pace.firstMs) / launches.length;
      return {
        file,
        state,
        done: pace.done,
        leftMs: state !== 'running' || eachMs === null || left === 0 ? null : eachMs * left,
        next: file.plan.requests[pace.done]?.caseId,
        heardAt,
        cases: cases.of(file),
        launches: [...launches],
        totals: { ...totals },
        use: state === 'running' ? watch(file, nowMs) : null,
      };
    },
  };
}

/** Of a run that has no record yet. */
function stateOf({ writer, plan }: PlanFile, silentMs: number): LiveState {
  const process = writer === undefined ? 'elsewhere' : stateOfProcess(writer);
  if (process !== 'elsewhere') return process === 'running' ? 'running' : 'killed';
  const longestMs = plan.requests.reduce((most, { timeoutMs }) => Math.max(most, timeoutMs), 0);
  return silentMs > PATIENCE * longestMs ? 'silent' : 'running';
}

function useOf({ outcome }: LaunchRecord): LiveLaunch {
  if (outcome.status === 'failed' || !('cpu' in outcome.result)) return { cores: null, residentBytes: null };
  const { cpu, maxRssBytes } = outcome.result;
  return {
    cores: cpu.wallNs > 0 ? (cpu.userNs + cpu.systemNs) / cpu.wallNs : null,
    residentBytes: maxRssBytes,
  };
}

function addTo(totals: LiveTotals, { outcome }: LaunchRecord): void {
  if (outcome.status === 'failed') {
    totals.failed += 1;
    return;
  }
  totals.measured += 1;
  const { result } = outcome;
  if (!('cpu' in result)) return;
  totals.cpuSeconds += (result.cpu.userNs + result.cpu.systemNs) / 1e9;
  const samples = result.kind === 'time' ? result.samplesNs.length : 0;
  totals.samples += samples;
  const iterations = result.kind === 'time' ? samples * result.iterationsPerSample : result.iterations;
  totals.operations += iterations * result.operationsPerIteration;
}

/** What the processes of the writer use, from one look to the next. */
function watchUse(): (file: PlanFile, nowMs: number) => LiveUse | null {
  let before: { cpuNs: number; atMs: number } | undefined;
  return ({ writer }, nowMs) => {
    if (writer === undefined || stateOfProcess(writer) !== 'running') return null;
    const { cpuNs, residentBytes } = engine().processTree(writer.pid);
    const sinceMs = before && nowMs - before.atMs;
    // A launch that has ended took its time with it: a stretch never counts below nothing.
    const cores = before && sinceMs ? Math.max(0, cpuNs - before.cpuNs) / sinceMs / 1e6 : null;
    before = { cpuNs, atMs: nowMs };
    return { cores, residentBytes };
  };
}
