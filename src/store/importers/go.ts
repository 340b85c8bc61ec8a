// Text of `go test -bench`: a line for each measurement, below lines that name machine and package.
import { median } from '../../statistics/index.js';
import { StoreError } from '../store-error.js';
import type { ForeignCase } from './foreign-run.js';
import { type ForeignFile, measuredRun } from './left-out.js';

/** `BenchmarkEncode/size=10-8  1000  1234 ns/op  56 B/op`. */
const LINE = /^Benchmark(\S*)\s+(\d+)((?:\s+\S+ \S+)+)\s*$/;
/** `pkg: example.com/encoding`. */
const SETTING = /^([a-z][a-zA-Z0-9-]*):\s+(.+)$/;
/** Figures of Go under the names that ours have. */
const FIGURES: Readonly<Record<string, { name: string; unit: string }>> = {
  'B/op': { name: 'allocated-bytes', unit: 'B' },
  'allocs/op': { name: 'allocations', unit: '' },
};

/** Whether text is the output of Go's benchmarks. */
export function isGo(text: string): boolean {
  return text.split('\n').some((line) => /^Benchmark\S*\s+\d+\s+\S+ \S+/.test(line));
}

interface Measured {
  id: ForeignCase['id'];
  /** Times of each process that measured it. */
  launches: Map<number, number[]>;
  others: Map<string, { values: number[]; unit: string }>;
}

/**
 * The run of a text; cases are `PACKAGE/NAME[parameter=value,procs=N]`. Each `pkg:` line begins a process: what `-count`
 * repeats within one are samples of one launch. Figures that are not finite and benchmarks without ns/op are left out.
 *
 * @throws StoreError naming a line that is no measurement, or where no benchmark has ns/op
 */
export function fromGo(text: string, { path, at }: { path: string; at: Date }): ForeignFile {
  const settings = new Map<string, string>();
  const cases = new Map<string, Measured>();
  const leftOut: string[] = [];
  let process = 0;
  text.split('\n').forEach((line, position) => {
    const [, key, value = ''] = SETTING.exec(line.trim()) ?? [];
    if (key === 'pkg') process += 1;
    if (key !== undefined) settings.set(key, value.trim());
    // A benchmark that logs prints its name alone first.
    if (!/^Benchmark\S*\s+\d/.test(line)) return;
    const [, name = '', , values = ''] = LINE.exec(line.replaceAll('\t', ' ').replaceAll(/ +/g, ' ')) ?? [];
    if (values === '') throw unreadable(path, position, 'it is cut off');
    const measured = entry(cases, settings.get('pkg') ?? '', name);
    for (const [number, unit] of pairs(values, { path, position }))
      if (Number.isFinite(number)) add(measured, process, { number, unit });
      else leftOut.push(`${unit} of line ${position + 1}, because it is ${number}`);
  });
  for (const { id, launches } of cases.values())
    if (launches.size === 0) leftOut.push(`benchmark "${id.name}", which has no ns/op`);
  const foreign = [...cases.values()].filter(({ launches }) => launches.size > 0).map(toForeign);
  const machine = { cpu: settings.get('cpu'), os: settings.get('goos'), architecture: settings.get('goarch') };
  return measuredRun(
    { origin: 'go', startedAt: at, cases: foreign, machine, commit: settings.get('commit') },
    { path, leftOut, remedy: 'run "go test -bench" again' },
  );
}

/** `ReportMetric` writes what was divided by 0 as `NaN`, `+Inf` or `-Inf`. */
function pairs(values: string, place: { path: string; position: number }): [number, string][] {
  const words = values.trim().split(' ');
  return Array.from({ length: words.length / 2 }, (_, index) => {
    const word = words[2 * index] as string;
    if (/^(NaN|[+-]Inf)$/.test(word)) return [Number(word.replace('Inf', 'Infinity')), words[2 * index + 1] as string];
    const number = Number(word);
    if (!Number.isFinite(number)) throw unreadable(place.path, place.position, `"${word}" is no number`);
    return [number, words[2 * index + 1] as string];
  });
}

function unreadable(path: string, position: number, reason: string): StoreError {
  return new StoreError(
    `Cannot import "${path}": line ${position + 1} is no measurement of Go: ${reason}; run "go test -bench" again`,
  );
}

function entry(cases: Map<string, Measured>, pkg: string, name: string): Measured {
  const key = `${pkg} ${name}`;
  const known = cases.get(key) ?? { id: idOf(pkg, name), launches: new Map(), others: new Map() };
  cases.set(key, known);
  return known;
}

/** `Encode/size=10/fast-8` has the name `Encode/fast` and the parameters `size` and `procs`. */
function idOf(pkg: string, written: string): ForeignCase['id'] {
  const [, whole = written, procs] = /^(.*?)(?:-(\d+))?$/.exec(written) ?? [];
  const [first = '', ...parts] = whole.split('/');
  const pair = (part: string) => /^([^=]+)=(.*)$/.exec(part);
  const names = parts.filter((part) => !pair(part));
  const parameters = parts.flatMap((part) => {
    const [, name, value] = pair(part) ?? [];
    return name === undefined ? [] : [[name, value ?? ''] as const];
  });
  return {
    suite: pkg.split('/').at(-1) || 'go',
    name: [first, ...names].join('/'),
    parameters: { ...Object.fromEntries(parameters), ...(procs !== undefined && { procs }) },
  };
}

function add(measured: Measured, process: number, { number, unit }: { number: number; unit: string }): void {
  if (unit === 'ns/op') {
    const samples = measured.launches.get(process) ?? [];
    samples.push(number);
    measured.launches.set(process, samples);
    return;
  }
  const { name, unit: its } = FIGURES[unit] ?? { name: `figure:${unit}`, unit };
  const other = measured.others.get(name) ?? { values: [], unit: its };
  other.values.push(number);
  measured.others.set(name, other);
}

function toForeign({ id, launches, others }: Measured): ForeignCase {
  const figures = [...others].map(([name, { values, unit }]) => [name, { value: median(values), unit }] as const);
  return { id, launches: [...launches.values()], figures: Object.fromEntries(figures) };
}
