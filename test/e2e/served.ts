// The dashboard of the real program.
import { start, waitFor } from './project.js';

/** A dashboard that answers. */
export interface Served {
  url: string;
  pid: number;
  /** Ends it as Ctrl-C does; returns its exit code. */
  end(): Promise<number | null>;
  /** Ends it as a crash of the machine would. */
  kill(): Promise<void>;
}

/** Starts `forgebench serve` on a port that is free, and waits for its address. */
export async function serve(args: readonly string[], cwd: string, port = 0): Promise<Served> {
  const { child, finished } = start(['serve', '--port', String(port), ...args], cwd);
  let printed = '';
  child.stdout?.on('data', (text: string) => {
    printed += text;
  });
  const url = await waitFor(() => /http:\S+/.exec(printed)?.[0], 100_000);
  return {
    url,
    pid: child.pid as number,
    async end() {
      child.kill('SIGTERM');
      return (await finished).code;
    },
    async kill() {
      child.kill('SIGKILL');
      await finished;
    },
  };
}
