// Preloaded into every node process and worker thread of a session (`NODE_OPTIONS=--require …`): starts V8's profilers,
// and writes what they saw when the thread ends. It needs node's own modules only, and never fails the command.
import childProcess = require('node:child_process');
import fs = require('node:fs');
import inspector = require('node:inspector');
import path = require('node:path');
import threads = require('node:worker_threads');

/** What the session asks of each thread. */
interface FollowSettings {
  /** Where each thread leaves its lines and profiles. */
  folder: string;
  engines: readonly string[];
  intervalUs: number;
  /** What the inspector samples allocations by, garbage included. */
  allocationBytes: number;
  /** Flags of V8 that go with perf, which write into the working folder. */
  nameFlags: readonly string[];
  /** The file that NODE_OPTIONS names: who lacks it is not followed. */
  preload: string;
}

/** What `ChildProcess.spawn` and its synchronous sibling are given, as far as it is used. */
interface SpawnOptions {
  file: string;
  cwd?: string;
  envPairs?: string[];
}

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Profiles this thread until it ends. */
function follow(settings: FollowSettings): void {
  const began = performance.now();
  const startNs = Number(process.hrtime.bigint());
  const name = `${process.pid}-${threads.threadId}-${startNs}`;
  const tell = (line: object) => {
    try {
      fs.appendFileSync(path.join(settings.folder, `${name}.jsonl`), `${JSON.stringify(line)}\n`);
    } catch {
      // The folder is gone or full: the session says that this thread told nothing more.
    }
  };
  tell({
    event: 'start',
    pid: process.pid,
    parent: process.ppid,
    thread: threads.threadId,
    ...kernelThread(),
    command: [process.argv0, ...process.execArgv, ...process.argv.slice(1)],
    folder: process.cwd(),
    node: process.versions.node,
    startNs,
  });
  try {
    if (settings.nameFlags.length > 0) removeLogs();
    const stop = startProfilers(settings);
    const startMs = performance.now() - began;
    const finish = once((exitCode: number | null, signal: string | null) => {
      const ending = performance.now();
      const profilerNs = profilerTime();
      const files = attempt(() => stop(path.join(settings.folder, name)), tell) ?? {};
      tell({
        event: 'end',
        exitCode,
        signal,
        files,
        ...used(),
        profilerNs,
        hookMs: startMs + performance.now() - ending,
      });
    });
    process.on('exit', (code) => finish(code, null));
    if (threads.isMainThread) {
      onEndingSignal((signal) => finish(null, signal));
      watchChildren(settings, tell);
    }
  } catch (error) {
    tell({ event: 'trouble', message: (error as Error).message });
  }
}

/** The thread as the kernel and perf number it; nothing where there is no /proc. */
function kernelThread(): { kernelThread?: number } {
  try {
    return { kernelThread: Number(path.basename(fs.readlinkSync('/proc/thread-self'))) };
  } catch {
    return {};
  }
}

function once(work: (exitCode: number | null, signal: string | null) => void): typeof work {
  let done = false;
  return (exitCode, signal) => {
    if (!done) work(exitCode, signal);
    done = true;
  };
}

function attempt<T>(work: () => T, tell: (line: object) => void): T | undefined {
  try {
    return work();
  } catch (error) {
    tell({ event: 'trouble', message: (error as Error).message });
    return undefined;
  }
}

/** Starts what was asked for; the returned function stops it and writes its files. */
function startProfilers({
  engines,
  intervalUs,
  allocationBytes,
}: FollowSettings): (base: string) => Record<string, string> {
  const session = new inspector.Session();
  session.connect();
  const post = (method: string, parameters: object = {}): unknown => {
    let answer: unknown;
    // Within one thread the inspector answers before `post` returns.
    session.post(method, parameters, (error: Error | null, result?: object) => {
      if (error) throw new Error(`${method}: ${error.message}`);
      answer = result;
    });
    return answer;
  };
  if (engines.includes('cpu')) {
    post('Profiler.enable');
    post('Profiler.setSamplingInterval', { interval: intervalUs });
    post('Profiler.start');
  }
  if (engines.includes('alloc'))
    post('HeapProfiler.startSampling', {
      samplingInterval: allocationBytes,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
  return (base) => {
    const files: Record<string, string> = {};
    const write = (kind: string, method: string) => {
      const { profile } = post(method) as { profile: object };
      fs.writeFileSync(`${base}.${kind}`, JSON.stringify(profile));
      files[kind] = `${path.basename(base)}.${kind}`;
    };
    if (engines.includes('cpu')) write('cpuprofile', 'Profiler.stop');
    if (engines.includes('alloc')) write('heapprofile', 'HeapProfiler.stopSampling');
    session.disconnect();
    return files;
  };
}

/** What the process has used; a worker thread is part of one that tells for it. */
function used(): object {
  const endNs = Number(process.hrtime.bigint());
  if (!threads.isMainThread) return { endNs };
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { endNs, cpuNs: (userCPUTime + systemCPUTime) * 1000, peakRssBytes: maxRSS * 1024 };
}

/** Processor time of V8's threads that process samples, nanoseconds. */
function profilerTime(): number {
  const tasks = '/proc/self/task';
  let total = 0;
  try {
    for (const task of fs.readdirSync(tasks))
      if (fs.readFileSync(`${tasks}/${task}/comm`, 'utf8').startsWith('v8:ProfEvntProc'))
        total += Number(fs.readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    // A thread ended meanwhile.
  }
  return total;
}

/**
 * Signals end a process without its `exit` event. Where nobody else listens, the profile is written and the signal
 * raised again. Listening begins in the first turn of the event loop, so that a program that never lets it turn is ended
 * by the signal as ever.
 */
function onEndingSignal(finish: (signal: string) => void): void {
  for (const signal of ENDING_SIGNALS) {
    const listener = () => {
      // Others that count listeners, as signal-exit does, must not find this one.
      process.removeListener(signal, listener);
      if (process.listenerCount(signal) > 0) {
        listen();
        return;
      }
      finish(signal);
      process.kill(process.pid, signal);
    };
    const listen = () => setImmediate(() => process.prependListener(signal, listener)).unref();
    listen();
  }
}

/** Tells of each process that this one starts: whether it is followed, and how it ended. */
function watchChildren(settings: FollowSettings, tell: (line: object) => void): void {
  const before = (options: SpawnOptions) => {
    keepOutputClean(options, settings.nameFlags);
    const followed = options.envPairs?.some(
      (pair) => pair.startsWith('NODE_OPTIONS=') && pair.includes(settings.preload),
    );
    return { file: options.file, followed: followed ?? false };
  };
  const ended = (pid: number | undefined, code: number | null, signal: string | null) =>
    tell({ event: 'child-end', pid, exitCode: code, signal });
  const prototype = (childProcess.ChildProcess as unknown as { prototype: { spawn(options: SpawnOptions): unknown } })
    .prototype;
  const { spawn } = prototype;
  prototype.spawn = function (this: childProcess.ChildProcess, options) {
    const child = before(options);
    const result = spawn.call(this, options);
    if (this.pid !== undefined) {
      tell({ event: 'child', pid: this.pid, ...child });
      this.prependOnceListener('exit', (code, signal) => ended(this.pid, code, signal));
    }
    return result;
  };
  const binding = (
    process as unknown as { binding(name: string): { spawn(options: SpawnOptions): SpawnResult } }
  ).binding('spawn_sync');
  const spawnSync = binding.spawn;
  binding.spawn = (options) => {
    const child = before(options);
    const result = spawnSync.call(binding, options);
    if (result.pid > 0) {
      tell({ event: 'child', pid: result.pid, ...child });
      ended(result.pid, result.status, result.signal);
    }
    return result;
  };
}

interface SpawnResult {
  pid: number;
  status: number | null;
  signal: string | null;
}

/** With names for perf, V8 writes a log into the working folder; where that is refused, it would write to standard output. */
function keepOutputClean(options: SpawnOptions, nameFlags: readonly string[]): void {
  if (nameFlags.length === 0) return;
  try {
    fs.accessSync(options.cwd ?? process.cwd(), fs.constants.W_OK);
  } catch {
    const without = (pair: string) =>
      pair.startsWith('NODE_OPTIONS=') ? nameFlags.reduce((text, flag) => text.replace(` ${flag}`, ''), pair) : pair;
    if (options.envPairs) options.envPairs = options.envPairs.map(without);
  }
}

/** V8 has opened its log and needs the name no more; a program that watches the folder should not find it. */
function removeLogs(): void {
  const mine = new RegExp(`^isolate-0x[0-9a-f]+-${process.pid}-v8\\.log$`);
  for (const file of fs.readdirSync('.')) if (mine.test(file)) fs.rmSync(file, { force: true });
}

export = { follow };
