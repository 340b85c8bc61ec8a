// @ts-check
// The contestant of this project: the engine, called from JavaScript as everybody calls it.
import { engine } from '../../../dist/native/index.js';
import { serve } from './serve.mjs';

serve({
  pelt: ({ series, penalty }) => {
    const values = Float64Array.from(series);
    return () => engine().pelt(values, penalty, 1);
  },
  hunter: ({ series, ...options }) => {
    const values = Float64Array.from(series);
    return () => engine().hunter(values, options);
  },
  'e-divisive': ({ series, ...options }) => {
    const values = Float64Array.from(series);
    return () => engine().eDivisive(values, options);
  },
});
