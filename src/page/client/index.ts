// The door for programs of pages: elements, and colours of the style sheet.
export { colour } from './colour.js';
export { type Child, element } from './element.js';
