// A run as text for a terminal: first the figures by suite, then what a reader has to know about them.
import type { RunRecord } from '../store/index.js';
import { counted, formatCount, formatDuration, formatPercent } from '../units/index.js';
import { countTargets, interruptedLaunches, measuredShare, suitesOf } from './overview.js';
import { type Paint, paint } from './paint.js';
import { plainText } from './plain-text.js';
import { environmentLines, filesNote } from './terminal-environment.js';
import {
  failuresNote,
  findingsNote,
  growthNote,
  missingNote,
  ownFiguresNote,
  targetsNote,
  warningsNote,
} from './terminal-notes.js';
import { suiteTable } from './terminal-table.js';
import { wrapText } from './wrap-text.js';

/** How the text is laid out. */
export interface TerminalOptions {
  /** Columns of the terminal; lines are laid out for at least 80. */
  width: number;
  colour: boolean;
  /** The run's folder as the reader would type it; default `.forgebench/runs/<id>`. */
  folder?: string;
}

/**
 * The report of a run as text.
 *
 * @example
 * process.stdout.write(toTerminal(record, { width: process.stdout.columns ?? 100, colour: process.stdout.isTTY }))
 */
export function toTerminal(record: RunRecord, options: TerminalOptions): string {
  const style = paint(options);
  const width = Math.max(80, options.width);
  const prose = (text: string) => wrapText(text, width);
  const blocks = [
    prose(title(record, style)),
    ...suitesOf(record).map((suite) => suiteTable(suite, { width, style, record })),
    ...[
      growthNote(record, style),
      ownFiguresNote(record, style),
      targetsNote(record, style),
      findingsNote(record, style),
      failuresNote(record, style),
      warningsNote(record, style),
      missingNote(record, style),
      environmentLines(record, style),
      filesNote(record, { style, folder: options.folder ?? `.forgebench/runs/${plainText(record.id)}` }),
    ].map(prose),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function title(record: RunRecord, style: Paint): string {
  const { settings, cost } = record;
  const status =
    record.status === 'finished'
      ? style.green('finished')
      : style.yellow(`interrupted, ${cutOff(interruptedLaunches(record))}; what had finished follows`);
  const targets = countTargets(record);
  const counts = [
    counted(record.summaries.length, 'case'),
    `targets: ${targets.met} met, ${targets.missed} missed, ${targets.unclear} unclear`,
    `${plainText(settings.preset)}: ${launchesText(settings)}, seed ${settings.seed}`,
    `${formatDuration(cost.wallMs)}, ${formatPercent(measuredShare(record))} of it measuring`,
  ];
  return `${style.bold(`Run ${plainText(record.id)}`)}  ${status}\n${style.dim(counts.join(' · '))}`;
}

function launchesText({ launches, samples, memoryLaunches, memoryOperations }: RunRecord['settings']): string {
  if (launches > 0) return `${launches} launches × ${samples} samples`;
  return `${memoryLaunches} launches × ${formatCount(memoryOperations ?? 0)} operations`;
}

function cutOff(launches: number): string {
  return launches === 1 ? '1 launch cut off' : `${launches} launches cut off`;
}
