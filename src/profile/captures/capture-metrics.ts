// What crates in addons emit through the facade `metrics`, by the recorders that their addons offer.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAddons, watchAddons } from '../../native/index.js';
import type { Emitted, MetricReadings } from '../metrics/metric-readings.js';
import type { Capture } from './capture.js';

const FILE = 'metrics.readings.json';

/** What `offer_metrics!` exports. */
interface Recorder {
  recordMetrics(): string | null;
  emittedMetrics(): Emitted | null;
}

/**
 * Writes `metrics.readings.json`. Recorders are installed when it is opened, or when their addon is: a crate may keep
 * the handle of a metric that it made during the set-up.
 *
 * @throws Error where the code under test has a recorder of its own
 */
export function metricsCapture(): Capture {
  const recorders = new Map<string, Recorder>();
  const record = (file: string, exports: object): void => {
    if (!isRecorder(exports)) return;
    const trouble = exports.recordMetrics();
    if (trouble) throw new Error(`Cannot record the metrics of "${file}": ${trouble}`);
    recorders.set(file, exports);
  };
  for (const [file, exports] of openAddons()) record(file, exports);
  const stopWatching = watchAddons((file, { exports }) => record(file, exports));
  const readings: Emitted[][] = [];
  const read = () => readings.push([...recorders.values()].map((each) => each.emittedMetrics() ?? NOTHING));
  return {
    async start() {
      read();
    },
    async stop() {
      read();
    },
    async write(folder) {
      // Another run, which nobody watched, lies between.
      read();
      stopWatching();
      const addons = [...recorders.keys()].map((file, index) => {
        const [before, after, later] = readings.map((each) => each[index] ?? NOTHING);
        return { file, before, after, later } as MetricReadings['addons'][number];
      });
      writeFileSync(join(folder, FILE), JSON.stringify({ addons } satisfies MetricReadings));
      return { readings: FILE };
    },
  };
}

const NOTHING: Emitted = { series: [], leftOut: 0 };

function isRecorder(exports: object): exports is Recorder {
  return 'recordMetrics' in exports && 'emittedMetrics' in exports;
}
