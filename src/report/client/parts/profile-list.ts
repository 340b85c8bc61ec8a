// What profilers saw of a case: links to what they left, how far each can be trusted, and what it is blind for.
import { type Child, element } from '../../../page/client/index.js';
import type { ResultTable } from '../../../profile/index.js';
import type { EngineResult, ProfileArtefacts } from '../../../store/index.js';
import { formatBytes, formatCount, formatNs, formatPercent } from '../../../units/index.js';
import { box, breakable } from './dom.js';

const ENGINES: Readonly<Record<string, string>> = {
  // perf draws it, or the sampler where perf cannot: the warning says so.
  flame: 'Flame graph, JavaScript and Rust',
  native: 'Flame graph, JavaScript and Rust (in-process sampler)',
  cpu: 'CPU profile (inspector)',
  heap: 'Heap snapshot (inspector)',
  heapdiff: 'What the heap gained',
  leaks: 'Leaks',
  account: 'Account of the resident set',
  alloc: 'Allocations of JavaScript, garbage included',
  'rust-alloc': 'Allocations of Rust in addons',
  offcpu: 'Flame graph of waiting',
  timeline: 'Time line',
  'v8-profiler-next': 'CPU profile, heap profile and snapshot (v8-profiler-next)',
  '0x': '0x',
  'clinic-doctor': 'clinic doctor',
  'clinic-flame': 'clinic flame',
  'clinic-bubbleprof': 'clinic bubbleprof',
  'clinic-heapprofiler': 'clinic heapprofiler',
  callgrind: 'Instructions (callgrind)',
  cachegrind: 'Cache misses (cachegrind)',
  massif: 'Heap at its peak (massif)',
  memcheck: 'Memory errors and leaks (memcheck)',
  border: 'Calls into addons',
  metrics: 'Metrics that Rust in addons emits',
  capture: 'Recording for another machine',
};

const FILES: Readonly<Record<string, string>> = {
  flame: 'flame graph',
  callsFlame: 'flame graph of calls',
  cpuprofile: '.cpuprofile',
  heapsnapshot: '.heapsnapshot',
  heapprofile: '.heapprofile',
  folded: 'folded stacks',
  speedscope: 'speedscope',
  html: 'open',
  heapdiff: 'all classes',
  before: 'snapshot before',
  after: 'snapshot after',
  leaks: 'figures',
  account: 'figures',
  timeline: 'figures',
  metrics: 'figures',
};

/** The card of a profiled case. */
export function profileCard(
  { caseId, engines }: ProfileArtefacts,
  links: Readonly<Record<string, string>>,
): HTMLElement {
  const title = element('h4', {}, 'Profiles of ', element('code', {}, breakable(caseId)));
  return box('card profiles', title, ...engines.map((engine) => engineItem(engine, links)));
}

function engineItem(engine: EngineResult, links: Readonly<Record<string, string>>): HTMLElement {
  const name = element('strong', {}, ENGINES[engine.engine] ?? engine.engine);
  if (engine.failure !== undefined) {
    return box('engine failed', name, element('p', { class: 'bad-text' }, engine.failure));
  }
  if (engine.skipped !== undefined) return box('engine', name, element('p', { class: 'quiet' }, engine.skipped));
  const files = Object.entries(engine.files).map(([kind, path]) => fileLink(kind, path, links[path]));
  return box(
    'engine',
    name,
    files.length > 0 ? box('links', ...files) : undefined,
    facts(engine),
    engine.shares === undefined ? undefined : sharesBar(engine.shares),
    engine.warning === undefined ? undefined : element('p', { class: 'bad-text' }, engine.warning),
    engine.finding === undefined ? undefined : element('p', {}, engine.finding),
    engine.table === undefined ? undefined : resultTable(engine.table),
    engine.blind === undefined ? undefined : element('p', { class: 'quiet' }, engine.blind),
  );
}

function resultTable({ columns, rows }: ResultTable): HTMLElement {
  const cells = (tag: 'td' | 'th', texts: readonly string[]) =>
    element('tr', {}, ...texts.map((text) => element(tag, {}, text)));
  const table = element(
    'table',
    { class: 'result' },
    element('thead', {}, cells('th', columns)),
    element('tbody', {}, ...rows.map((row) => cells('td', row))),
  );
  return box('result-box', table);
}

function fileLink(kind: string, path: string, link: string | undefined): Child {
  const text = FILES[kind] ?? kind;
  if (link === undefined) return element('span', { class: 'quiet', title: path }, `${text} (not here)`);
  return element(
    'a',
    { href: link, title: path, class: kind === 'flame' || kind === 'html' ? 'button' : 'link' },
    text,
  );
}

function facts(engine: EngineResult): HTMLElement | undefined {
  const parts = [
    engine.samples === undefined ? undefined : `${formatCount(engine.samples)} samples`,
    engine.intervalNs === undefined ? undefined : `every ${formatNs(engine.intervalNs)}`,
    engine.intervalBytes === undefined ? undefined : `every ${formatBytes(engine.intervalBytes)}`,
    engine.slowdown === undefined ? undefined : `${engine.slowdown.toFixed(2)} × the time of unobserved operations`,
    engine.cpuSlowdown === undefined ? undefined : `${engine.cpuSlowdown.toFixed(2)} × their processor time`,
    engine.attributedShare === undefined
      ? undefined
      : `${formatPercent(engine.attributedShare)} attributed to functions`,
    engine.javascriptCallerShare === undefined
      ? undefined
      : `${(engine.javascriptCallerShare * 100).toFixed(1)} % of samples have their JavaScript caller`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : element('p', { class: 'quiet' }, parts.join(' · '));
}

function sharesBar(shares: Readonly<Record<string, number>>): HTMLElement {
  const entries = Object.entries(shares)
    .filter(([, share]) => share > 0)
    .sort(([, a], [, b]) => b - a);
  const bar = box('shares');
  bar.setAttribute('aria-hidden', 'true');
  const legend = element('ul', { class: 'shares-legend' });
  entries.forEach(([origin, share], index) => {
    const part = box(`share series-${(index % 8) + 1}`);
    part.style.flexGrow = String(share);
    bar.append(part);
    const swatch = box(`swatch series-${(index % 8) + 1}`);
    legend.append(element('li', {}, swatch, `${origin} ${formatPercent(share)}`));
  });
  return box('shares-box', bar, legend);
}
