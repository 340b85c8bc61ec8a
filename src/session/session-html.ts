// A session as a page: what it cost, its processes and threads in a table, and links to the flame graph of each.
import { escapeHtml, standalonePage } from '../page/index.js';
import { formatBytes, formatCount, formatNs, MISSING } from '../units/index.js';
import { inTreeOrder } from './in-tree-order.js';
import type { Session, SessionProcess, SessionThread, SessionView } from './session.js';
import { endingText } from './to-table.js';
import { label, threadName } from './views.js';

/** Deeper processes stand below each other. */
const DEEPEST = 12;
/** Indented by a class for each depth, because the page allows no style in its markup. */
const DEPTHS = Array.from({ length: DEEPEST + 1 }, (_, depth) => `.depth-${depth} { padding-left: ${depth}rem; }`);
const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
h1 { font-size: 1.3rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8884; padding: .3rem .6rem; text-align: right; vertical-align: top; white-space: nowrap; }
th:nth-last-child(-n+2), td:nth-last-child(-n+2) { text-align: left; }
td:last-child { white-space: normal; overflow-wrap: anywhere; }
tr.thread td { border-bottom-style: dotted; }
.quiet, .remark { opacity: .75; }
.bad { color: #c0392b; }
.box { overflow-x: auto; }
${DEPTHS.join('\n')}
`;

/** What each kind of view is called in a link. */
const VIEWS: Readonly<Record<SessionView['engine'], string>> = {
  cpu: 'CPU',
  alloc: 'allocations',
  flame: 'flame graph',
};
const HEAD = ['pid', 'exit', 'wall', 'CPU', 'peak RSS', 'samples', 'allocated', 'perf', 'graphs', 'command'];

/**
 * The page of a session. Its links are relative, so that the folder may be moved.
 *
 * @example
 * writeFileSync('session.html', sessionHtml(JSON.parse(readFileSync('session.json', 'utf8'))));
 */
export function sessionHtml(session: Session): string {
  const { command, processes, views, failures, notes, overhead, startedAt, wallNs, ending } = session;
  const title = command.join(' ');
  const nodes = processes.filter(({ kind }) => kind === 'node').length;
  const perf = overhead.perfMs === undefined ? '' : `, perf ${formatNs(overhead.perfMs * 1e6)} of processor time`;
  const lines = [
    `${startedAt} · ${formatNs(wallNs)} · ended with ${endingText(ending)} · ${processes.length} processes, ${nodes} of them followed`,
    `Looking took ${formatNs(overhead.hookMs * 1e6)} in all threads, V8's profiler ${formatNs(overhead.profilerMs * 1e6)} of processor time${perf}.`,
  ];
  return standalonePage({
    name: 'the page of the session',
    title: `${title} – session`,
    assets: { style: STYLE },
    body: `<header>
<h1>${escapeHtml(title)}</h1>
${lines.map((line) => `<p class="quiet">${escapeHtml(line)}</p>`).join('\n')}
${failures.map(({ engine, message }) => `<p class="bad">${escapeHtml(`${engine}: ${message}`)}</p>`).join('\n')}
${notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('\n')}
<p>${views.length === 0 ? '' : `All threads: ${views.map((view) => viewLink(view)).join(' · ')}`}</p>
</header>
<main class="box">
<table>
<thead><tr>${HEAD.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>
${inTreeOrder(processes)
  .flatMap(({ process, depth }) => rows(process, { depth, views }))
  .join('\n')}
</tbody>
</table>
</main>`,
  });
}

/** The process, and below it its worker threads. */
function rows(process: SessionProcess, { depth, views }: { depth: number; views: readonly SessionView[] }): string[] {
  const { pid, ending, wallNs, cpuNs, peakRssBytes, perfSamples, threads, command, remark } = process;
  const main = threads.find(({ thread }) => thread === 0);
  const workers = threads.filter(({ thread }) => thread > 0);
  const remarks = [remark, ...threads.map(({ trouble }) => trouble)].filter((text) => text !== undefined);
  const first = [
    String(pid),
    endingText(ending),
    show(wallNs, formatNs),
    show(cpuNs, formatNs),
    show(peakRssBytes, formatBytes),
    ...threadCells(main),
    show(perfSamples, formatCount),
    links(main ? threadName(process, main) : label(process), views),
    indented(`${escapeHtml(command.join(' '))}${remarks.map(remarkLine).join('')}`, depth),
  ];
  const below = workers.map((thread) => [
    ...['', '', '', '', ''],
    ...threadCells(thread),
    show(thread.perfSamples, formatCount),
    links(threadName(process, thread), views),
    indented(`worker ${thread.thread}`, depth + 1),
  ]);
  return [row(first, 'process'), ...below.map((cells) => row(cells, 'thread'))];
}

function remarkLine(text: string): string {
  return `<div class="remark">${escapeHtml(text)}</div>`;
}

function indented(markup: string, depth: number): string {
  return `<div class="depth-${Math.min(depth, DEEPEST)}">${markup}</div>`;
}

function threadCells(thread: SessionThread | undefined): string[] {
  return [show(thread?.samples, formatCount), show(thread?.allocatedBytes, formatBytes)];
}

function row(cells: readonly string[], kind: 'process' | 'thread'): string {
  return `<tr class="${kind}">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

/** Links to the views that have this thread. */
function links(thread: string, views: readonly SessionView[]): string {
  return views
    .filter(({ threads }) => threads.includes(thread))
    .map((view) => viewLink(view, `#thread=${encodeURIComponent(thread)}`))
    .join(' ');
}

function viewLink({ engine, files }: SessionView, fragment = ''): string {
  return `<a href="${escapeHtml(`${files.flame}${fragment}`)}">${VIEWS[engine]}</a>`;
}

function show(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? MISSING : format(value);
}
