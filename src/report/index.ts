// The only door of the room: a run as text, as a page, as data.
export { toCsv } from './csv.js';
export { escapeHtml, escapeJson, type HtmlOptions, type PageAssets, toHtml } from './html.js';
export { fromJson, jsonSchema, toJson } from './json.js';
export { toMarkdown } from './markdown.js';
export { plainText } from './plain-text.js';
export { runRecordSchema } from './record-schema.js';
export { type TerminalOptions, toTerminal } from './terminal.js';
