// A server on this machine that takes what is posted to it.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A running server. */
export interface Receiver {
  url: string;
  received: Received[];
  /** What the next requests are answered, one for each; 204 where there is none. */
  answers: { status: number; headers?: Record<string, string> }[];
  close(): Promise<void>;
}

/** Starts a server on a port that is free. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: Receiver['answers'] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { status, headers = {} } = answers.shift() ?? { status: 204 };
    received.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead(status, headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, answers, close };
}
