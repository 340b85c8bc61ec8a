// Plots of the report on the page of a case.
import { distributionPlot, livePlot, scalingPlot } from '../../report/client/index.js';
import type { PickedCase } from '../../report/index.js';

/** Fills the boxes that are there for plots; one without enough to draw stays empty. */
export function drawPlots({ summary, growths }: PickedCase): void {
  const plots = {
    distribution: distributionPlot([summary]),
    scaling: scalingPlot(growths),
    live: livePlot([summary]),
  };
  for (const [name, plot] of Object.entries(plots))
    if (plot !== undefined) document.querySelector(`[data-plot="${name}"]`)?.append(plot);
}
