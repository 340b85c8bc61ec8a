// `forgebench push`: the metrics of the store, sent instead of scraped.
import { hostname } from 'node:os';
import { metricsOfStore } from '../../dashboard/index.js';
import { pushToGateway, writeRemotely } from '../../monitoring/index.js';
import { checkUrl } from '../check-url.js';
import { EXIT } from '../exit-code.js';
import { type StoreFlags, withFilledStore } from '../project-store.js';
import { UsageError } from '../usage-error.js';

/** Flags of `forgebench push`. */
export interface PushFlags extends StoreFlags {
  gateway?: string;
  remoteWrite?: string;
  job: string;
  label?: readonly string[];
}

/** Sends the metrics wherever the flags say; returns the exit code. */
export async function push({ gateway, remoteWrite, job, label = [], ...flags }: PushFlags): Promise<number> {
  if (gateway === undefined && remoteWrite === undefined)
    throw new UsageError('Cannot push: say where to, with --gateway URL, --remote-write URL, or both');
  const token = process.env.FORGEBENCH_PUSH_TOKEN;
  const as = {
    job: checkJob(job),
    labels: { instance: hostname(), ...Object.fromEntries(label.map(readLabel)) },
    ...(token !== undefined && token !== '' && { token }),
  };
  const targets = [
    gateway === undefined ? undefined : { url: new URL(checkUrl('--gateway', gateway)), send: pushToGateway },
    remoteWrite === undefined
      ? undefined
      : { url: new URL(checkUrl('--remote-write', remoteWrite)), send: writeRemotely },
  ].filter((target) => target !== undefined);
  const registry = await withFilledStore(process.cwd(), flags, metricsOfStore);
  for (const { url, send } of targets) {
    await send(registry, { ...as, url: url.href });
    process.stdout.write(`Sent the metrics of the store to ${url.host}\n`);
  }
  return EXIT.well;
}

function readLabel(text: string): [name: string, value: string] {
  const [, name = '', value = ''] = /^([a-zA-Z_]\w*)=(.+)$/s.exec(text) ?? [];
  if (name !== '' && name !== 'job' && !name.startsWith('__')) return [name, value];
  throw new UsageError(
    `Cannot use --label "${text}": write NAME=VALUE, the name of letters, digits and _; the job has a flag of its own`,
  );
}

function checkJob(text: string): string {
  if (text !== '' && !text.includes('/')) return text;
  throw new UsageError(`Cannot use --job "${text}": write a name without "/"`);
}
