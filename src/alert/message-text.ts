// Alerts in words: a subject, a text for people, and data for programs.
import { changeKeyOf } from '../history/index.js';
import { formatChange, markdownCode, markdownText, plainText } from '../report/index.js';
import { counted, formatValue } from '../units/index.js';
import type { Alert, AlertMessage } from './alert.js';

/** Alerts of a message that are named; the others are counted. */
const MOST = 20;

/** A line for a subject or a title: no line break, whatever cases are called. */
export function subjectOf({ alerts }: AlertMessage): string {
  const [first] = alerts as [Alert, ...Alert[]];
  const more = alerts.length === 1 ? '' : ` and ${alerts.length - 1} more`;
  return plainText(`${headOf(first)}${more}`).replace(/\s+/g, ' ');
}

/** The message as plain text. */
export function toPlainText(message: AlertMessage): string {
  return linesOf(message, { text: plainText, name: plainText, bullet: '- ' });
}

/** The message as Markdown, in which no name is markup. */
export function toMarkdownText(message: AlertMessage): string {
  return linesOf(message, { text: markdownText, name: markdownCode, bullet: '- ' });
}

/** The message as Slack and whatever speaks like it wants text: three characters have a meaning there. */
export function toSlackText(message: AlertMessage): string {
  const safe = (text: string) =>
    plainText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return linesOf(message, { text: safe, name: safe, bullet: '• ' });
}

/**
 * The message as JSON for programs: figures in the unit that is given, changes as shares. A receiver that acts on it should check
 * the version.
 */
export function toJsonText({ id, sentAt, alerts, dashboardUrl }: AlertMessage): string {
  return JSON.stringify({
    version: 1,
    type: 'forgebench.alert',
    id,
    timestamp: sentAt.toISOString(),
    alerts: alerts.map((alert) => {
      const { kind, trend, change, machine } = alert;
      const { magnitude, confidence, before, after } = change;
      const link = linkOf(alert, dashboardUrl);
      return {
        kind,
        ...changeKeyOf(trend, change),
        machine,
        magnitude,
        confidence,
        unit: trend.unit,
        before: { commit: before.commit, startedAt: before.startedAt, value: before.value },
        after: { commit: after.commit, startedAt: after.startedAt, value: after.value },
        ...(link !== undefined && { link }),
      };
    }),
  });
}

interface Style {
  text(value: string): string;
  name(caseId: string): string;
  bullet: string;
}

function linesOf({ alerts, dashboardUrl }: AlertMessage, { text, name, bullet }: Style): string {
  const shown = alerts.slice(0, MOST);
  const lines = shown.map((alert) => {
    const link = linkOf(alert, dashboardUrl);
    return `${bullet}${name(alert.trend.caseId)} ${text(detailOf(alert))}${link === undefined ? '' : ` ${link}`}`;
  });
  const rest = alerts.length - shown.length;
  return [
    text(`${counted(alerts.length, 'regression')} that nobody has decided about:`),
    '',
    ...lines,
    ...(rest > 0 ? [text(`${rest} more; "forgebench triage list" has all.`)] : []),
    '',
    text('"forgebench triage set CASE acknowledged" (or accepted, noise, fixed) silences one.'),
  ].join('\n');
}

function headOf({ kind, trend, change }: Alert): string {
  return `${trend.caseId} ${formatChange(1 + change.magnitude)}${kind === 'returned' ? ', back after it was called fixed' : ''}`;
}

function detailOf({ kind, trend, change, machine }: Alert): string {
  const { before, after, magnitude } = change;
  const format = (value: number) => formatValue(value, trend.unit);
  const back = kind === 'returned' ? ' (called fixed, and back)' : '';
  const place = `${after.commit ?? after.runs[0]}, ${after.startedAt.slice(0, 10)}`;
  return `${formatChange(1 + magnitude)}${back}: ${trend.metric} ${format(before.value)} → ${format(after.value)} at ${place}, on ${machine}`;
}

function linkOf({ trend }: Alert, dashboardUrl: string | undefined): string | undefined {
  if (dashboardUrl === undefined) return undefined;
  const query = new URLSearchParams({ id: trend.caseId, metric: trend.metric });
  return `${dashboardUrl.replace(/\/$/, '')}/case?${query}`;
}
