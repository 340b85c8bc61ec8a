// Resources of a case: busy cores, rates, the time line that is kept.
import { describe, expect, it } from 'vitest';
import type { LaunchRecord, Resources, Timing } from '../../src/samples/index.js';
import { type Figure, summarize } from '../../src/statistics/index.js';
import { benchmarkOf, caseOf, memoryOf, RESOURCES, recordsOf, timingOf } from './case.js';

const each = caseOf();

function resourcesOf(records: LaunchRecord[]) {
  return summarize({ benchmark: benchmarkOf([each]), case: each, records, significance: 0.05 }).resources;
}

function used(cpu: Partial<Timing['cpu']>, resources: Partial<Resources> = {}): Timing {
  const whole = { userNs: 0, systemNs: 0, wallNs: 1e9, ...cpu };
  return timingOf([100], { cpu: whole, resources: { ...RESOURCES, ...resources } });
}

const value = (figure: Figure) => ('estimate' in figure ? figure.estimate.value : Number.NaN);

describe('busy cores', () => {
  it('are CPU time over wall time and cores in use', () => {
    const both = used({ userNs: 1.2e9, systemNs: 0.4e9 }, { threads: 3, cores: 2 });
    const { busy, threads, cores } = resourcesOf(recordsOf(each, [both, both]));
    expect(value(busy)).toBeCloseTo(0.8);
    expect({ threads, cores }).toEqual({ threads: 3, cores: 2 });
  });

  it('are unknown of commands', () => {
    const command = used({ userNs: 1e9 }, { threads: null, cores: null, io: null });
    const { busy, cores, readBytes } = resourcesOf(recordsOf(each, [command, command]));
    expect([busy, readBytes]).toEqual([
      { missing: 'it is not known of a command' },
      { missing: 'it is not known of a command' },
    ]);
    expect(cores).toBeNull();
  });
});

describe('rates', () => {
  it('are per second of the timed part, and of counting where nothing was timed', () => {
    const half = used({ wallNs: 0.5e9 }, { minorFaults: 100 });
    expect(value(resourcesOf(recordsOf(each, [half, half])).minorFaults)).toBeCloseTo(200);
    const counted = memoryOf({ cpu: { userNs: 1, systemNs: 1, wallNs: 2e9 } });
    expect(value(resourcesOf(recordsOf(each, [counted, counted])).minorFaults)).toBeCloseTo(5);
  });
});

describe('the time line of a case', () => {
  const line = (points: number) => {
    const zeros = new Array<number>(points).fill(0);
    return { atMs: zeros, cores: zeros, residentBytes: zeros, readBytes: zeros, writtenBytes: zeros, threads: zeros };
  };
  const withLine = (record: LaunchRecord, points: number): LaunchRecord => ({ ...record, timeline: line(points) });

  it('is that of its longest timed launch', () => {
    const [first, second, counted] = recordsOf(each, [timingOf([1]), timingOf([1]), memoryOf()]) as [
      LaunchRecord,
      LaunchRecord,
      LaunchRecord,
    ];
    const { timeline } = resourcesOf([withLine(first, 3), withLine(second, 5), withLine(counted, 9)]);
    expect(timeline).toEqual({ kind: 'time', ...line(5) });
  });

  it('is absent where all launches were short', () => {
    expect(resourcesOf(recordsOf(each, [timingOf([1])])).timeline).toBeNull();
  });
});
