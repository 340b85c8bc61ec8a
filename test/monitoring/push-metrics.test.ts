// Metrics on their way to a server that does not take them.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { PushError, writeRemotely } from '../../src/monitoring/index.js';

it('metrics whose answer breaks off did not arrive', async () => {
  const server = createServer((_, response) => response.writeHead(200).write('o', () => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://ada:100%@127.0.0.1:${(server.address() as AddressInfo).port}/write`;
  const sent = writeRemotely(new Registry(), { url, job: 'nightly', labels: {} });
  await expect(sent).rejects.toThrow(PushError);
  await expect(sent).rejects.toThrow(/^Cannot write metrics to http:\/\/127\.0\.0\.1:\d+\/write: /);
  await new Promise((resolve) => server.close(resolve));
});
