// The only door of the room: a run as text, as a page, as data.

export type { BisectionReport, NamedCommit, SuspectedCommits } from './bisection-report.js';
export { bisectionToJson, bisectionToMarkdown, bisectionToText } from './bisection-text.js';
export { changesText } from './changes-text.js';
export { comparisonToHtml } from './comparison-html.js';
export { comparisonToJson } from './comparison-json.js';
export { comparisonToJunit } from './comparison-junit.js';
export { comparisonBlocks, comparisonToMarkdown } from './comparison-markdown.js';
export { comparisonSchema } from './comparison-schema.js';
export { type ComparisonTextOptions, launchComparisonText, runComparisonText } from './comparison-terminal.js';
export { countVerdicts, formatChange, formatChangeInterval } from './comparison-words.js';
export { toCsv } from './csv.js';
export { differentialText } from './differential-text.js';
export { type HtmlOptions, toHtml } from './html.js';
export { fromJson, jsonSchema, toJson } from './json.js';
export { machineName } from './machine-name.js';
export { toMarkdown } from './markdown.js';
export { code as markdownCode, text as markdownText } from './markdown-text.js';
export { churnOf, hottestFunction, steepGrowth } from './opportunities.js';
export { periodToHtml, periodToMarkdown } from './period-pages.js';
export { type ExplainedRegression, type PeriodReport, periodToJson } from './period-report.js';
export { type PickedCase, pickCase } from './pick-case.js';
export { plainText } from './plain-text.js';
export { runRecordSchema } from './record-schema.js';
export { type ReleasesReport, releasesBlocks, releasesTitle, releasesToJson } from './releases-report.js';
export { type TerminalOptions, toTerminal } from './terminal.js';
export { changedTrendsText, type TrendTextOptions, trendsText } from './trend-text.js';
export { triageText } from './triage-text.js';
