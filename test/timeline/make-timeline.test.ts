// One clock for what a process saw of itself and what was seen from outside; samples by origin.
import { describe, expect, it } from 'vitest';
import type { TimelineCapture } from '../../src/profile/index.js';
import type { LaunchRecord } from '../../src/samples/index.js';
import { makeTimeline, toTimelineHtml } from '../../src/timeline/index.js';

const MS = 1e6;
/** The process starts here, in nanoseconds of the clock. */
const ZERO = 5e9;

const call = (functionName: string, url: string) => ({
  functionName,
  url,
  scriptId: '1',
  lineNumber: 1,
  columnNumber: 1,
});
const at = (ms: number) => ZERO + ms * MS;

/** From 100 ms on for 1 s: user code, then collection, then nothing. */
const capture: TimelineCapture = {
  clock: { monotonicNs: at(1100), epochMs: 1_000_001_120 },
  processNs: ZERO,
  startNs: at(100),
  endNs: at(1100),
  measured: { startNs: at(150), endNs: at(1050) },
  cpuProfile: {
    nodes: [
      { id: 1, callFrame: call('(root)', ''), children: [2, 3, 4] },
      { id: 2, callFrame: call('work', 'file:///project/work.js') },
      { id: 3, callFrame: call('(garbage collector)', '') },
      { id: 4, callFrame: call('(idle)', '') },
    ],
    startTime: at(100) / 1000,
    endTime: at(1100) / 1000,
    samples: [2, 3, 4],
    timeDeltas: [0, 500_000, 250_000],
  },
  collections: [{ kind: 'minor', startNs: at(600), pauseNs: 3 * MS, beforeBytes: 900, afterBytes: 400 }],
  turns: { atNs: [at(160), at(400)], lateNs: [0, 200 * MS] },
  marks: [
    { name: 'opened', startNs: at(120), endNs: at(120) },
    { name: 'reading', startNs: at(200), endNs: at(300) },
  ],
  marksDropped: 0,
};

const record: LaunchRecord = {
  version: 2,
  index: 0,
  caseId: 'io/read[n=1]',
  kind: 'profile',
  // The launch began 20 ms before the process.
  startedAt: 1_000_000_000,
  durationMs: 1200,
  timeline: {
    atMs: [120, 520, 1119, 1200],
    cores: [1, 1, 0.5, 0],
    residentBytes: [10, 20, 30, 40],
    readBytes: [1, 2, 3, 4],
    writtenBytes: [0, 0, 5, 6],
    threads: [7, 7, 7, 7],
  },
  outcome: { status: 'ok', result: { kind: 'verify' } },
};

const timeline = makeTimeline({ record, capture, ownFolders: [] });

describe('a time line', () => {
  it('counts from the start of the process', () => {
    expect(timeline.durationNs).toBe(1100 * MS);
    expect(timeline.phases.map(({ name, startNs, endNs }) => [name, startNs / MS, endNs / MS])).toEqual([
      ['start-up', 0, 100],
      ['set-up', 100, 150],
      ['workload', 150, 1050],
      ['teardown', 1050, 1100],
      ['reading', 200, 300],
    ]);
    expect(timeline.marks).toEqual([{ name: 'opened', atNs: 120 * MS }]);
    expect(timeline.collections).toEqual([
      { kind: 'minor', atNs: 600 * MS, pauseNs: 3 * MS, beforeBytes: 900, afterBytes: 400 },
    ]);
    expect(timeline.eventLoop).toEqual({ atNs: [160 * MS, 400 * MS], lateNs: [0, 200 * MS] });
  });

  it('puts what was seen from outside on the same clock, as far as the process went', () => {
    expect(timeline.process?.atNs.map((ns) => Math.round(ns / MS))).toEqual([100, 500, 1099]);
    expect(timeline.process?.residentBytes).toEqual([10, 20, 30]);
  });

  it('has the share of each origin in each stretch; what is idle is missing', () => {
    const { atNs, shares, stretchNs } = timeline.cpu;
    expect(atNs[0]).toBe(100 * MS);
    expect(stretchNs).toBe(10 * MS);
    const of = (origin: string, stretch: number) => shares[origin]?.[stretch];
    expect([of('user', 0), of('gc', 0)]).toEqual([1, 0]);
    expect([of('user', 49), of('user', 50), of('gc', 50)]).toEqual([1, 0, 1]);
    expect([of('user', 99), of('gc', 99)]).toEqual([0, 0]);
  });

  it('does without what was too short to be seen from outside', () => {
    const { timeline: _none, ...short } = record;
    expect(makeTimeline({ record: short, capture, ownFolders: [] }).process).toBeNull();
  });
});

describe('the page of a time line', () => {
  const client = { script: 'draw()', style: 'body{}' };

  it('needs no other file, and lets no name become markup', () => {
    const page = toTimelineHtml({ ...timeline, caseId: '</script><b>' }, { client, note: 'a < b' });
    expect(page).not.toMatch(/(src|href)\s*=/);
    expect(page).toContain('&lt;/script&gt;&lt;b&gt;');
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(page).toContain('a &lt; b');
  });

  it('is refused where its program would end its own element', () => {
    expect(() => toTimelineHtml(timeline, { client: { ...client, script: '"</script>"' } })).toThrow(
      'Cannot make the time line: its script contains "</script"; build the clients again',
    );
  });
});
