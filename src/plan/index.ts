export type { Plan, PlanSettings } from './plan.js';
