// The border report as a table that people read.
import { formatBytes, formatNs, MISSING } from '../../units/index.js';
import type { BorderFunction, BorderReport } from './border-report.js';

const HEAD = ['function', 'calls per operation', 'a call', 'in Rust', 'border', 'bytes in', 'bytes out'];

/** A page in Markdown: the table of functions, then what to do about them. */
export function toBorderMarkdown(report: BorderReport, title: string): string {
  const { callsPerOperation, crossingNs, crossingNsPerOperation, functions } = report;
  const rows = functions.map((each) => `| ${cells(each).join(' | ')} |`);
  const hints = functions.flatMap(({ name, hint }) => (hint === undefined ? [] : [`- \`${name}\` is ${hint}.`]));
  return `${[
    `# ${title}: the border between JavaScript and addons`,
    `${count(callsPerOperation)} calls per operation. An empty crossing costs ${formatNs(crossingNs)} here, so crossing alone takes ${formatNs(crossingNsPerOperation)} of an operation.`,
    ...(rows.length === 0 ? [] : [[`| ${HEAD.join(' | ')} |`, `|${'---|'.repeat(HEAD.length)}`, ...rows].join('\n')]),
    ...(hints.length === 0 ? [] : [hints.join('\n')]),
    '“A call” is seen from JavaScript in a launch that counts, and holds a part of what counting takes. “In Rust” and “border” are samples of another launch. Bytes are copied ones, and behind + those that both sides share.',
  ].join('\n\n')}\n`;
}

function cells({ name, callsPerOperation, callNs, insideNs, borderNs, bytesIn, bytesOut }: BorderFunction): string[] {
  const time = (ns: number | null) => (ns === null ? MISSING : formatNs(ns));
  return [
    `\`${name}\``,
    count(callsPerOperation),
    formatNs(callNs),
    time(insideNs),
    time(borderNs),
    bytes(bytesIn),
    bytes(bytesOut),
  ];
}

function bytes({ copied, shared }: BorderFunction['bytesIn']): string {
  return shared > 0 ? `${formatBytes(copied)} + ${formatBytes(shared)}` : formatBytes(copied);
}

function count(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 2 });
}
