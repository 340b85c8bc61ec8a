// What GitHub Actions tells a step of a workflow.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A step, and where its event and summary go as files. */
export interface Step {
  folder: string;
  event: object;
  /** Name of the event; `pull_request` where nobody says. */
  name?: string;
  branch: string;
  /** Of the run; grows. */
  run: number;
  /** Of the server that speaks GitHub's API. */
  url: string;
  token?: string;
}

/** The environment of a step in the repository `me/project`; writes `event.json` and `summary.md` into the folder. */
export function stepEnvironment({ folder, event, name, branch, run, url, token }: Step): NodeJS.ProcessEnv {
  const [eventFile, summaryFile] = [join(folder, 'event.json'), join(folder, 'summary.md')];
  writeFileSync(eventFile, JSON.stringify(event));
  writeFileSync(summaryFile, '');
  return {
    ...process.env,
    GITHUB_REPOSITORY: 'me/project',
    GITHUB_EVENT_NAME: name ?? 'pull_request',
    GITHUB_REF_NAME: branch,
    GITHUB_EVENT_PATH: eventFile,
    GITHUB_STEP_SUMMARY: summaryFile,
    GITHUB_API_URL: url,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_RUN_ID: String(run),
    GITHUB_TOKEN: token ?? 'secret',
  };
}
