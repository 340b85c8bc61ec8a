// The only door of the room: which launches are made, in which order.
export { type BudgetKeeper, keepBudget } from './keep-budget.js';
export {
  addCounts,
  addLaunches,
  type CasePair,
  isPairTraceable,
  makePairedPlan,
  type SideOfCase,
} from './make-paired-plan.js';
export { makePlan } from './make-plan.js';
export type { Plan, PlanSettings } from './plan.js';
export { type CountedIterations, type IterationsRepeater, repeatIterations } from './repeat-iterations.js';
export { PRESETS } from './settings.js';
