// @ts-check
// A workload with nobody watching.
import { records } from './records.mjs';
import { serve } from './serve.mjs';

serve({ records });
