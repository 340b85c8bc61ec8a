export type { Benchmark, Case, Category, Target } from './benchmark.js';
