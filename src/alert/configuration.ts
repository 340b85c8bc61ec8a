// Which channels there are, as the configuration has them. Secrets are named by variables of the environment, never written down.
import { z } from 'zod';
import { splitCredentials } from '../monitoring/index.js';
import { isDuration } from '../units/index.js';

const name = z.string().regex(/^[A-Za-z0-9._-]{1,100}$/, 'may have letters, digits, ".", "_" and "-"');
const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'has to be the name of a variable of the environment');
const httpUrl = z
  .url({ protocol: /^https?$/, hostname: /./ })
  .refine(
    (url) => !URL.canParse(url) || splitCredentials(url).authorization === undefined,
    'must not have a user or password; name a variable that has the address of a webhook with "urlFrom"',
  );
const text = z.string().min(1);
const address = text.regex(/^[^\r\n]+$/, 'must be one line');

const webhook = z.strictObject({
  kind: z.literal('webhook'),
  name: name.optional(),
  url: httpUrl.optional(),
  /** Has the address, where that is a secret. */
  urlFrom: variable.optional(),
  /** Has what messages are signed with. */
  secretFrom: variable.optional(),
});

const slack = z.strictObject({
  kind: z.literal('slack'),
  name: name.optional(),
  /** Has the address of the incoming webhook, which is its secret. */
  urlFrom: variable,
});

const email = z.strictObject({
  kind: z.literal('email'),
  name: name.optional(),
  host: text,
  port: z.int().min(1).max(65_535).default(587),
  /** From the first byte, from the greeting on, or never. */
  security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
  user: text.optional(),
  passwordFrom: variable.optional(),
  from: address,
  to: z.array(address).min(1),
});

const github = z.strictObject({
  kind: z.literal('github'),
  name: name.optional(),
  /** OWNER/NAME; in a workflow of GitHub Actions its own repository where it is absent. */
  repository: z
    .string()
    .regex(/^[^/\s]+\/[^/\s]+$/, 'has to be OWNER/NAME')
    .optional(),
  /** Of GitHub Enterprise. */
  apiUrl: httpUrl.optional(),
  tokenFrom: variable.default('GITHUB_TOKEN'),
  labels: z.array(text).default([]),
});

const duration = z.string().refine(isDuration, 'has to be a time such as 7d');

/** The schema of `alerts` in the configuration. */
export const alertConfiguration = z.strictObject({
  /** Send what is new after each run. */
  afterRun: z.boolean().default(false),
  /** Send an alert again where nobody has decided for so long; never where it is absent. */
  repeat: duration.optional(),
  /** Where the dashboard is, for links. */
  dashboardUrl: httpUrl.optional(),
  channels: z
    .array(z.discriminatedUnion('kind', [webhook, slack, email, github]))
    .min(1)
    .refine(areNamedApart, 'two have one name, by which the store tells them; give each a "name"'),
});
export type AlertConfiguration = z.output<typeof alertConfiguration>;
export type ChannelConfiguration = AlertConfiguration['channels'][number];

function areNamedApart(channels: readonly { kind: string; name?: string | undefined }[]): boolean {
  return new Set(channels.map(({ kind, name: given }) => given ?? kind)).size === channels.length;
}
