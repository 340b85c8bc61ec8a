// Annotations of GitHub Actions: lines on standard output that the page of a pull request shows beside the code.

/** A remark beside a step, or beside a line of code. */
export interface Annotation {
  level: 'notice' | 'warning' | 'error';
  title: string;
  message: string;
  /** Relative to the repository. */
  file?: string;
  line?: number;
}

/** GitHub shows so many of each level and step. */
const MOST = 10;

/** Annotations as lines for standard output; of more than GitHub shows, the first. */
export function annotationLines(annotations: readonly Annotation[]): string {
  const shown = (['error', 'warning', 'notice'] as const).flatMap((level) =>
    annotations.filter((each) => each.level === level).slice(0, MOST),
  );
  return shown.map((each) => `${toLine(each)}\n`).join('');
}

function toLine({ level, title, message, file, line }: Annotation): string {
  const properties = Object.entries({ file, line, title }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`],
  );
  return `::${level} ${properties.join(',')}::${escapeMessage(message)}`;
}

/** A line break would end the annotation and let what follows be a command of its own. */
function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
