// The only door of the room: a run as text, as a page, as data.
export { fromJson, jsonSchema, toJson } from './json.js';
export { runRecordSchema } from './record-schema.js';
export { type TerminalOptions, toTerminal } from './terminal.js';
