// @ts-check
// The histogram of Node.js, of whichever version runs this.
import { createHistogram } from 'node:perf_hooks';
import { histogramJobs } from './histogram-jobs.mjs';
import { serve } from './serve.mjs';

serve(
  histogramJobs(
    (highest) => createHistogram({ highest, figures: 3 }),
    (histogram, values) => {
      for (const value of values) histogram.record(value);
    },
  ),
);
