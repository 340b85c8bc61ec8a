export type { Estimate, Figure, Growth, Outliers, Summary, TargetResult, TargetStatus } from './summary.js';
