// The only door of the room: two profiles of one case, and why it became slower.
export { alike, type ProfilesOfCase, seesMore } from './alike.js';
export { bookedWeights } from './booked-weights.js';
export { type Aligned, align, differentialData, type ProfilesOfSides } from './differential.js';
export { type ExplainedCase, explainCase } from './explain-case.js';
export { type Explanation, explanation, type GrownFrame, unexplained } from './explanation.js';
