// The door for programs of other pages: plots of a summary.
export { distributionPlot } from './parts/distribution-plot.js';
export { livePlot } from './parts/live-plot.js';
export { scalingPlot } from './parts/scaling-plot.js';
