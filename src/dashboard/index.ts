// The only door of the room: the store as pages for a browser.
export type { DashboardAssets } from './assets.js';
export { type DashboardOptions, dashboard, type OpenedDashboard } from './dashboard.js';
export { DashboardError, type Exposure } from './exposure.js';
export { metricsOfStore } from './metrics-route.js';
