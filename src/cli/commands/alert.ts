// `forgebench alert`: regressions that nobody has been told of go to the channels of the configuration.
import type { Delivery } from '../../alert/index.js';
import { changeKeyOf } from '../../history/index.js';
import { EXIT } from '../exit-code.js';
import { readConfiguration } from '../project.js';
import { type StoreFlags, withFilledStore } from '../project-store.js';
import { tellChannels, toldText, untoldText } from '../tell-channels.js';
import { UsageError } from '../usage-error.js';

/** Flags of `forgebench alert`. */
export interface AlertFlags extends StoreFlags {
  dryRun?: boolean;
  json?: boolean;
}

/** Sends what is new; returns the exit code. */
export async function alert({ dryRun = false, json, ...flags }: AlertFlags): Promise<number> {
  const root = process.cwd();
  const { alerts: configuration } = await readConfiguration(root);
  if (configuration === undefined)
    throw new UsageError(
      'Cannot send alerts: forgebench.config.ts names no channel; add "alerts", as docs/alerts.md shows',
    );
  const deliveries = await withFilledStore(root, flags, (store) => tellChannels(store, configuration, { dryRun }));
  process.stdout.write(json ? toJson(deliveries, dryRun) : toldText(deliveries, { dryRun }));
  process.stderr.write(untoldText(deliveries));
  return deliveries.some(({ failure }) => failure !== null) ? EXIT.failed : EXIT.well;
}

function toJson(deliveries: readonly Delivery[], dryRun: boolean): string {
  const channels = deliveries.map(({ alerts, ...delivery }) => ({
    ...delivery,
    alerts: alerts.map(({ kind, trend, change }) => ({
      kind,
      ...changeKeyOf(trend, change),
      magnitude: change.magnitude,
    })),
  }));
  return `${JSON.stringify({ dryRun, channels }, null, 2)}\n`;
}
