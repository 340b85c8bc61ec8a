// Each track of the page from the part of the time line that it shows.
import uPlot from 'uplot';
import { colour } from '../../page/client/index.js';
import { ORIGIN_WORDS } from '../../profile/client/index.js';
import { formatBytes, formatNs, formatPercent } from '../../units/index.js';
import type { LaunchTimeline } from '../launch-timeline.js';
import { SECOND_NS, type Track } from './track.js';

const stepped = uPlot.paths.stepped?.({ align: 1 }) as uPlot.Series.PathBuilder;
const bars = uPlot.paths.bars?.({ size: [0.6, 12, 2] }) as uPlot.Series.PathBuilder;

/** Samples by origin, stacked. */
export function cpuTrack({ cpu }: LaunchTimeline): Track {
  const origins = Object.keys(ORIGIN_WORDS).filter((origin) => cpu.shares[origin]?.some((share) => share > 0));
  const stacked = origins.map((_, index) =>
    cpu.atNs.map((_at, stretch) =>
      origins.slice(0, index + 1).reduce((sum, origin) => sum + (cpu.shares[origin]?.[stretch] ?? 0), 0),
    ),
  );
  // What is drawn first is covered by what is drawn later: the top of the stack goes first.
  const order = origins.map((_, index) => index).reverse();
  return {
    title: 'JavaScript thread, samples by origin',
    ...(origins.length === 0 && { missing: 'No sample was taken.' }),
    data: [seconds(cpu.atNs), ...order.map((index) => stacked[index] as number[])],
    series: order.map((index) => {
      const origin = origins[index] as string;
      return {
        label: ORIGIN_WORDS[origin] as string,
        paths: stepped,
        fill: () => colour(`--${origin}`),
        stroke: () => colour(`--${origin}`),
        width: 0,
        points: { show: false },
        value: (_: uPlot, __: number, ___: number, at: number | null) =>
          at === null ? '' : formatPercent(cpu.shares[origin]?.[at] ?? 0),
      };
    }),
    text: formatPercent,
    most: 1,
  };
}

/** Pauses by kind. */
export function collectionTrack({ collections }: LaunchTimeline): Track {
  const kinds = [...new Set(collections.map(({ kind }) => kind))].sort();
  return {
    title: 'Garbage collections, pauses',
    ...(kinds.length === 0 && { missing: 'V8 collected no garbage.' }),
    data: [
      seconds(collections.map(({ atNs }) => atNs)),
      ...kinds.map((kind) => collections.map((each) => (each.kind === kind ? each.pauseNs : null))),
    ],
    series: kinds.map((kind, index) => ({
      label: kind,
      paths: bars,
      fill: () => colour(PAUSE_COLOURS[index % PAUSE_COLOURS.length] as string),
      stroke: () => colour(PAUSE_COLOURS[index % PAUSE_COLOURS.length] as string),
      points: { show: false },
      value: shown(formatNs),
    })),
    text: formatNs,
  };
}

const PAUSE_COLOURS: readonly string[] = ['--gc', '--rust', '--libc', '--kernel'];

/** V8's heap as each collection found it and left it. */
export function heapTrack({ collections }: LaunchTimeline): Track {
  const known = collections.filter(({ beforeBytes }) => beforeBytes !== null);
  const points = known.flatMap(({ atNs, pauseNs, beforeBytes, afterBytes }) => [
    [atNs, beforeBytes as number],
    [atNs + Math.max(1, pauseNs), afterBytes as number],
  ]) as [number, number][];
  return {
    title: "V8's heap, as collections found and left it",
    ...(points.length === 0 && { missing: 'No collection told of it.' }),
    data: [seconds(points.map(([at]) => at)), points.map(([, bytes]) => bytes)],
    series: [line('heap in use', '--accent', formatBytes)],
    text: formatBytes,
    binary: true,
  };
}

/** How late turns of the event loop were. */
export function eventLoopTrack({ eventLoop }: LaunchTimeline): Track {
  return {
    title: 'Event loop, delay of its turns',
    ...(eventLoop.atNs.length === 0 && { missing: 'The event loop never turned: the workload blocked it.' }),
    data: [seconds(eventLoop.atNs), eventLoop.lateNs],
    series: [line('late by', '--kernel', formatNs)],
    text: formatNs,
  };
}

/** The resident set, seen from outside. */
export function residentTrack({ process }: LaunchTimeline): Track {
  return {
    title: 'Resident set of the process and its children',
    ...(process === null && { missing: TOO_SHORT }),
    data: [seconds(process?.atNs ?? []), process?.residentBytes ?? []],
    series: [line('resident', '--rust', formatBytes)],
    text: formatBytes,
    binary: true,
  };
}

/** Bytes that passed `read` and `write`. */
export function ioTrack({ process }: LaunchTimeline): Track {
  return {
    title: 'Bytes read and written, every tenth of a second',
    ...(process === null && { missing: TOO_SHORT }),
    data: [seconds(process?.atNs ?? []), process?.readBytes ?? [], process?.writtenBytes ?? []],
    series: [line('read', '--node', formatBytes), line('written', '--libc', formatBytes)],
    text: formatBytes,
    binary: true,
  };
}

const TOO_SHORT = 'The launch was too short to be seen from outside.';

function line(label: string, name: string, text: (value: number) => string): uPlot.Series {
  return { label, stroke: () => colour(name), width: 1.5, points: { show: false }, value: shown(text) };
}

function shown(text: (value: number) => string): uPlot.Series.Value {
  return (_, value) => (value === null || value === undefined ? '' : text(value));
}

function seconds(ns: readonly number[]): number[] {
  return ns.map((each) => each / SECOND_NS);
}
