// Channels as configured, with their secrets from the environment.
import { openGithubApi } from '../ci/index.js';
import type { Channel } from './alert.js';
import { AlertError } from './alert-error.js';
import type { ChannelConfiguration } from './configuration.js';
import { email } from './email.js';
import { githubIssue } from './github-issue.js';
import { slack } from './slack.js';
import { webhook } from './webhook.js';

type Environment = Readonly<Record<string, string | undefined>>;
type Configured<K extends ChannelConfiguration['kind']> = Extract<ChannelConfiguration, { kind: K }>;

/** Opens all channels. One whose secret is missing is there too, and says so when it is to send: the others go on. */
export function openChannels(configured: readonly ChannelConfiguration[], env: Environment): Channel[] {
  return configured.map((each) => openOrExplain(each, env));
}

function openOrExplain(configured: ChannelConfiguration, env: Environment): Channel {
  try {
    return open(configured, env);
  } catch (error) {
    const name = configured.name ?? configured.kind;
    return { name, place: configured.kind, send: () => Promise.reject(error) };
  }
}

function open(configured: ChannelConfiguration, env: Environment): Channel {
  switch (configured.kind) {
    case 'webhook':
      return openWebhook(configured, env);
    case 'slack':
      return slack({ ...naming(configured, `$${configured.urlFrom}`), url: addressIn(configured.urlFrom, env) });
    case 'email':
      return openEmail(configured, env);
    case 'github':
      return openGithub(configured, env);
  }
}

function openWebhook(configured: Configured<'webhook'>, env: Environment): Channel {
  const { url, urlFrom, secretFrom } = configured;
  if ((url === undefined) === (urlFrom === undefined))
    throw new AlertError('it needs either "url" or "urlFrom"; write one of them');
  const place = url === undefined ? `$${urlFrom}` : new URL(url).host;
  return webhook({
    ...naming(configured, place),
    url: url ?? addressIn(urlFrom as string, env),
    secret: secretFrom === undefined ? undefined : secretIn(secretFrom, env),
  });
}

function openEmail(configured: Configured<'email'>, env: Environment): Channel {
  const { host, port, security, user, passwordFrom, from, to } = configured;
  if ((user === undefined) !== (passwordFrom === undefined))
    throw new AlertError('it needs both "user" and "passwordFrom", or neither; write the other one too');
  const login = user === undefined ? undefined : { user, password: secretIn(passwordFrom as string, env) };
  return email({ ...naming(configured, `${to.join(', ')} by ${host}:${port}`), host, port, security, login, from, to });
}

function openGithub(configured: Configured<'github'>, env: Environment): Channel {
  const repository = configured.repository ?? env.GITHUB_REPOSITORY;
  const [owner, name] = repository?.split('/') ?? [];
  if (!owner || !name) throw new AlertError('it does not know a repository; write "repository" as OWNER/NAME');
  const url = configured.apiUrl ?? env.GITHUB_API_URL ?? 'https://api.github.com';
  const api = openGithubApi({ url, token: secretIn(configured.tokenFrom, env) });
  return githubIssue({
    ...naming(configured, `${owner}/${name}`),
    api,
    repository: { owner, name },
    labels: configured.labels,
  });
}

function naming({ name, kind }: ChannelConfiguration, place: string): { name: string; place: string } {
  return { name: name ?? kind, place };
}

function secretIn(variable: string, env: Environment): string {
  const value = env[variable];
  if (value) return value;
  throw new AlertError(`the variable ${variable} is not set; set it, or take it out of the configuration`);
}

function addressIn(variable: string, env: Environment): string {
  const url = secretIn(variable, env).trim();
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new AlertError(`the variable ${variable} has no address; it has to begin with https://`);
}
