// The only door of the room: HTML that needs no other file.
export { escapeHtml, escapeJson } from './escape.js';
export { contentHash, type PageAssets, type StandalonePage, standalonePage } from './standalone-page.js';
