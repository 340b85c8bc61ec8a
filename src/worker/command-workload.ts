// Processes as workloads: each execution is a sample.
import { engine } from '../native/index.js';
import type { MemoryUse, Parameters, Span, Timing, WorkloadReference } from '../samples/index.js';
import { nowNs } from './clock.js';
import { type Execution, executeCommand } from './execute-command.js';
import { LaunchError } from './launch-error.js';
import type { MeasureOptions, RunnableWorkload } from './runnable-workload.js';

type Reference = Extract<WorkloadReference, { kind: 'command' }>;

/** A command whose `{name}` arguments are replaced by the case's parameters. */
export function commandWorkload(reference: Reference, parameters: Parameters): RunnableWorkload {
  const execute = () => executeOnce(reference, parameters);
  return {
    async verify() {
      await execute();
    },
    async time(options): Promise<Timing> {
      const turns = new (engine().Turns)(options.turns);
      // The first execution checks the answer and fills the page cache.
      turns.take();
      const warmUp = await execute();
      turns.agree(1);
      turns.pass();
      const executions = await takeSamples(execute, turns, options);
      turns.end();
      return toTiming(executions, warmUp);
    },
    async countMemory(): Promise<MemoryUse> {
      throw new LaunchError(
        'parameters',
        'Cannot count the memory of a command: its timed launches report its peak already',
      );
    },
    async run(durationNs): Promise<Span> {
      const startNs = Number(process.hrtime.bigint());
      let [iterations, cpuNs] = [0, 0];
      while (Number(process.hrtime.bigint()) - startNs < durationNs) {
        const { userNs, systemNs } = await execute();
        iterations += 1;
        cpuNs += userNs + systemNs;
      }
      const endNs = Number(process.hrtime.bigint());
      return { iterations, operationsPerIteration: 1, startNs, endNs, cpuNs, queuedNs: 0 };
    },
    async watchMemory(): Promise<never> {
      throw new LaunchError(
        'parameters',
        "Cannot watch the memory of a command from inside forgebench's worker: the command is another process; profile its functions as a module",
      );
    },
  };
}

async function executeOnce(
  { command, cwd, env, expectedExitCode }: Reference,
  parameters: Parameters,
): Promise<Execution> {
  const argv = command.map((argument) =>
    argument.replace(/\{([a-z0-9-]+)\}/g, (whole, name) => String(parameters[name] ?? whole)),
  );
  const execution = await executeCommand({ arguments: argv, folder: cwd, environment: env });
  if (execution.exitCode !== expectedExitCode) {
    const how =
      execution.exitCode < 0 ? `was ended by signal ${-execution.exitCode}` : `exited with ${execution.exitCode}`;
    throw new LaunchError(
      'wrong-answer',
      `"${argv.join(' ')}" ${how}, expected ${expectedExitCode}; run it in ${cwd} to see what it prints`,
    );
  }
  return execution;
}

/** One execution at least; as many as there is time for. */
async function takeSamples(
  execute: () => Promise<Execution>,
  turns: InstanceType<ReturnType<typeof engine>['Turns']>,
  { samples, measureNs }: MeasureOptions,
): Promise<Execution[]> {
  const taken: Execution[] = [];
  let measuredNs = 0;
  for (let goesOn = true; goesOn; ) {
    turns.take();
    const began = nowNs();
    taken.push(await execute());
    measuredNs += nowNs() - began;
    const hasTime = taken.length < samples && measuredNs < measureNs;
    goesOn =
      hasTime ||
      turns.wantMore(
        Float64Array.from(taken, ({ wallNs }) => wallNs),
        measuredNs,
      );
    turns.pass();
  }
  return taken;
}

function toTiming(executions: readonly Execution[], warmUp: Execution): Timing {
  const sum = (of: (execution: Execution) => number) => executions.reduce((all, each) => all + of(each), 0);
  return {
    kind: 'time',
    samplesNs: executions.map(({ wallNs }) => wallNs),
    iterationsPerSample: 1,
    operationsPerIteration: 1,
    overhead: { clockNs: 0, resolutionNs: 0, loopNs: 0 },
    warmUp: { iterations: 1, ns: warmUp.wallNs, steady: true },
    cpu: {
      userNs: sum(({ userNs }) => userNs),
      systemNs: sum(({ systemNs }) => systemNs),
      wallNs: sum(({ wallNs }) => wallNs),
    },
    resources: {
      threads: null,
      cores: null,
      minorFaults: sum(({ minorFaults }) => minorFaults),
      majorFaults: sum(({ majorFaults }) => majorFaults),
      voluntarySwitches: sum(({ voluntarySwitches }) => voluntarySwitches),
      involuntarySwitches: sum(({ involuntarySwitches }) => involuntarySwitches),
      io: null,
      gc: null,
      eventLoopDelay: null,
    },
    counts: null,
    maxRssBytes: Math.max(...executions.map(({ maxRssBytes }) => maxRssBytes)),
    figures: {},
  };
}
