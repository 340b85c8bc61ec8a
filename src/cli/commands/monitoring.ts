// `forgebench monitoring`: files for Prometheus and Grafana.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { monitoringFiles } from '../../monitoring/index.js';
import { checkUrl } from '../check-url.js';
import { EXIT } from '../exit-code.js';
import { checkOutputFolder } from '../output.js';
import { UsageError } from '../usage-error.js';

/** Flags of `forgebench monitoring`. */
export interface MonitoringFlags {
  prometheus: string;
}

/** Writes the files into a folder, and says what they are; returns the exit code. */
export async function monitoring(folder: string, servers: string[], { prometheus }: MonitoringFlags): Promise<number> {
  const files = await monitoringFiles({
    folder: resolve(folder),
    servers: servers.length === 0 ? ['127.0.0.1:4280'] : servers.map(checkServer),
    prometheus: checkUrl('--prometheus', prometheus),
  });
  checkOutputFolder(folder);
  const placed = files.map(({ path, text }) => ({ path: join(folder, path), text }));
  for (const { path, text } of placed) refuseOthers(path, text);
  for (const { path, text } of placed) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const names = placed.map(({ path }) => `  ${relative(process.cwd(), path)}\n`);
  process.stdout.write(`Wrote\n${names.join('')}`);
  return EXIT.well;
}

function checkServer(text: string): string {
  if (/^(\[[0-9a-f:.]+\]|[\w.-]+):\d{1,5}$/i.test(text)) return text;
  throw new UsageError(`Cannot scrape "${text}": write the address of a server as HOST:PORT, such as 127.0.0.1:4280`);
}

/** Rules and configurations are changed by hand, and there may be no copy of them. */
function refuseOthers(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') !== text)
    throw new UsageError(`Cannot write "${path}": there is another file; remove it or choose another folder`);
}
