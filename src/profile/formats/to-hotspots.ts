// The functions that cost most, as a page for people and for agents.
import { counted, formatBytes, formatCount, formatNs, formatPercent, MISSING } from '../../units/index.js';
import { type FunctionWeight, functionWeights, totalWeight } from '../function-weights.js';
import type { Profile, Unit } from '../profile.js';

/** Above this share of the whole a function stands around all the work, and says nothing of it. */
const EVERY_STACK = 0.995;
/** Functions in a table: enough to act on, and short enough for an agent's context. */
const MOST_ROWS = 25;

/**
 * Two tables in Markdown: functions by what they cost themselves, and by what they cost with their callees, with shares,
 * origins and places. It is an extract and cannot be read back.
 *
 * @returns text ending in a newline
 */
export function toHotspots(profile: Profile, title: string): string {
  const total = totalWeight(profile);
  const functions = functionWeights(profile);
  const selves = functions.filter(({ self }) => self > 0);
  const totals = functions
    .filter((each) => each.total > 0 && each.total < total * EVERY_STACK)
    .toSorted((a, b) => b.total - a.total || b.self - a.self);
  const table = (rows: readonly FunctionWeight[]) => toTable(rows.slice(0, MOST_ROWS), { total, unit: profile.unit });
  return [
    `# Hotspots of ${plain(title)}`,
    '',
    `${facts(profile, total)}.`,
    ...notes(profile).flatMap((text) => ['', text]),
    '',
    '## Functions by their own cost',
    '',
    ...table(selves),
    ...more(selves.length),
    '',
    '## Functions with their callees',
    '',
    'Those that all work passes through are left out.',
    '',
    ...table(totals),
    ...more(totals.length),
    '',
  ].join('\n');
}

function facts({ engine, unit, interval, threads }: Profile, total: number): string {
  const samples = threads.flatMap(({ stacks }) => stacks).reduce((sum, stack) => sum + stack.samples, 0);
  return [
    `${formatWeight(total, unit)} in all`,
    ...(samples > 0 ? [`${formatCount(samples)} samples`] : []),
    ...(interval > 0 ? [`one for each ${formatWeight(interval, unit)}`] : []),
    counted(threads.length, 'thread'),
    `seen by ${plain(engine)}`,
  ].join(', ');
}

function notes({ lost, note }: Profile): string[] {
  return [...(lost ? [`The profiler had to drop ${lost} samples.`] : []), ...(note ? [plain(note)] : [])];
}

function toTable(rows: readonly FunctionWeight[], { total, unit }: { total: number; unit: Unit }): string[] {
  const share = (weight: number) => (total === 0 ? MISSING : formatPercent(weight / total));
  const cells = rows.map((each) => [
    share(each.self),
    formatWeight(each.self, unit),
    share(each.total),
    formatWeight(each.total, unit),
    code(each.name),
    each.origin,
    place(each),
  ]);
  const header = ['self', '', 'with callees', '', 'function', 'origin', 'place'];
  return [header, ['--:', '--:', '--:', '--:', '---', '---', '---'], ...cells].map((row) => `| ${row.join(' | ')} |`);
}

function more(length: number): string[] {
  return length > MOST_ROWS ? ['', `${length - MOST_ROWS} more functions are left out.`] : [];
}

function place({ file, line }: FunctionWeight): string {
  if (file === undefined) return '';
  return code(line === undefined ? file : `${file}:${line}`);
}

/** Names come from outside: none may end a cell, a line or begin markup. */
function code(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_|<>[\]]/g, '\\$&');
}

function formatWeight(weight: number, unit: Unit): string {
  if (unit === 'nanoseconds') return formatNs(weight);
  return unit === 'bytes' ? formatBytes(weight) : `${formatCount(weight)} ${unit}`;
}
