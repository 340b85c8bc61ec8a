// The last lines of the terminal report: the machine that the figures belong to, and where the files are.
import type { RunRecord } from '../store/index.js';
import { formatBytes } from '../units/index.js';
import type { Paint } from './paint.js';
import { plainText } from './plain-text.js';

/** Machine and versions in two lines. */
export function environmentLines({ environment: e }: RunRecord, style: Paint): string {
  const limits = [
    e.cgroup.cpus === null ? '' : `${e.cgroup.cpus} CPUs`,
    e.cgroup.memoryBytes === null ? '' : formatBytes(e.cgroup.memoryBytes),
  ].filter((limit) => limit !== '');
  const machine = [
    e.cpu.model,
    `${e.cpu.logicalCores} cores${limits.length > 0 ? ` (limited to ${limits.join(', ')})` : ''}`,
    `governor ${e.cpu.governor ?? 'unknown'}`,
    `turbo ${e.cpu.turbo === null ? 'unknown' : e.cpu.turbo ? 'on' : 'off'}`,
    formatBytes(e.memoryBytes),
    `${e.os}, kernel ${e.kernel}`,
    `load ${e.load.toFixed(2)} at the start`,
  ];
  const versions = [
    `forgebench ${e.forgebench}`,
    `node ${e.node}`,
    `v8 ${e.v8}`,
    e.rustc === null ? 'no rustc' : `rustc ${e.rustc}`,
    ...Object.entries(e.subjects).map(([name, version]) => `${name} ${version}`),
    e.commit === null ? '' : `commit ${e.commit.slice(0, 12)}${/^.{13,}-dirty$/.test(e.commit) ? '-dirty' : ''}`,
  ];
  return [machine, versions]
    .map((parts) => style.dim(plainText(parts.filter((part) => part !== '').join(' · '))))
    .join('\n');
}

/** Where the report and the profiles are. */
export function filesNote(record: RunRecord, { style, folder }: { style: Paint; folder: string }): string {
  const profiled = record.profiles.filter(({ engines }) => engines.some(({ failure }) => failure === undefined)).length;
  const lines = [`report    ${style.cyan(`${folder}/report.html`)}`, `data      ${folder}/run.json`];
  if (profiled > 0) {
    lines.push(
      `profiles  ${folder}/profiles/  (${profiled} ${profiled === 1 ? 'case' : 'cases'}, linked from the report)`,
    );
  }
  return lines.join('\n');
}
