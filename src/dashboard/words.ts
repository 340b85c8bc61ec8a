// What pages call things.
import type { TrendChange } from '../history/index.js';
import { triageText } from '../report/index.js';
import type { StoredEntry, StoredFigure } from '../store/index.js';
import { formatValue } from '../units/index.js';
import type { Cell, Tone } from './markup.js';

/** The first digits of a commit; `-dirty` stays. */
export function commitText(commit: string | null): string {
  return commit === null ? 'no commit' : commit.replace(/^([0-9a-f]{10})[0-9a-f]*/, '$1');
}

/** A figure with its interval; a dash where there is none. */
export function figureCell(figure: Pick<StoredFigure, 'value' | 'low' | 'high' | 'unit'> | undefined): Cell {
  if (figure === undefined) return { figure: '–' };
  const { value, low, high, unit } = figure;
  const interval =
    low === null || high === null ? 'no interval' : `${formatValue(low, unit)} … ${formatValue(high, unit)}`;
  return { figure: formatValue(value, unit), interval };
}

/** What a change is called, and its colour: less is better in every metric that has a trend. */
export function verdictOfChange({ alarm, magnitude, triage, returned }: TrendChange): { text: string; tone: Tone } {
  if (returned) return { text: 'came back', tone: 'bad' };
  if (triage && triage.state !== 'acknowledged') return { text: triage.state, tone: 'quiet' };
  if (alarm) return { text: 'regression', tone: 'bad' };
  return magnitude < 0 ? { text: 'improvement', tone: 'good' } : { text: 'rise', tone: 'doubt' };
}

/** What was decided about a change, by whom and when, with the reason; nothing where nobody has. */
export function decisionText({ triage }: TrendChange): string {
  return triage === undefined ? '' : triageText(triage);
}

/** Versions under test, a name and a version each. */
export function subjectsText({ subjects }: Pick<StoredEntry, 'subjects'>): string {
  return Object.entries(subjects)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

/** The part of a case's id that names its suite. */
export function suiteOf(caseId: string): string {
  return caseId.split('/', 1)[0] ?? caseId;
}
