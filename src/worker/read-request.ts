// The request as it comes over the wire. Its sender is this package and has checked it: what a worker has to know is
// that both speak the same version. The schema itself would cost each launch a third of its start.
import type { LaunchRequest } from '../samples/index.js';
import { LaunchError } from './launch-error.js';

/** The types let this be nothing but the version that `run` writes. */
const VERSION: LaunchRequest['version'] = 2;

/**
 * Reads a request.
 *
 * @throws LaunchError where the text is cut off or of another version
 */
export function readRequest(text: string): LaunchRequest {
  const request = parse(text);
  if (request?.version !== VERSION)
    throw new LaunchError(
      'protocol',
      `Cannot read a request of version ${String(request?.version)}: this worker speaks ${VERSION}; run "npm run setup"`,
    );
  return request as LaunchRequest;
}

function parse(text: string): Partial<LaunchRequest> | null {
  try {
    return JSON.parse(text) as Partial<LaunchRequest> | null;
  } catch (error) {
    throw new LaunchError('protocol', `Cannot read the request: ${(error as Error).message}; run the command again`);
  }
}
