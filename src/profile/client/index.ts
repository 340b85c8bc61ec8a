// The door for programs of other pages: what origins of frames are called.
export { ORIGIN_WORDS } from './describe.js';
