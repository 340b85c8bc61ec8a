// Channels against real servers on this machine: what arrives, what is signed, and what is said where it does not.
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { AlertError, alertConfiguration, type ChannelConfiguration, openChannels } from '../../src/alert/index.js';
import { signatureOf } from '../../src/alert/webhook.js';
import { startGithub } from '../ci/github-server.js';
import { startMailServer } from './mail-server.js';
import { makeCertificate } from './make-certificate.js';
import { startReceiver } from './receiver.js';
import { HOSTILE_NAME, sampleAlert, sampleMessage } from './sample-alerts.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Starts a server that the test closes. */
async function started<T extends { close(): Promise<void> }>(server: Promise<T>): Promise<T> {
  const it = await server;
  closing.push(it.close);
  return it;
}

function open(configured: ChannelConfiguration, env: Record<string, string> = {}) {
  const [channel] = openChannels([configured], env);
  if (channel === undefined) throw new Error('no channel was opened');
  return channel;
}

/** Why a message did not arrive. */
async function failure(sent: Promise<void>): Promise<string> {
  const error = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AlertError);
  return (error as Error).message;
}

const MESSAGE = sampleMessage(sampleAlert());

const DOOR = new URL('../../dist/alert/index.js', import.meta.url).href;
/** Sends a message through the channels of a configuration, both given as JSON. */
const SEND = `
const [door, given] = process.argv.slice(1);
const { openChannels } = await import(door);
const [configured, message] = JSON.parse(given);
const [channel] = openChannels(configured, process.env);
await channel.send({ ...message, sentAt: new Date(message.sentAt) }).then(() => console.log('sent'), ({ message }) => console.log(message));
`;

describe('a webhook', () => {
  it('gets JSON that it can tell is ours, and that nobody has changed', async () => {
    const { url, received } = await started(startReceiver());
    const channel = open({ kind: 'webhook', url: `${url}/hook`, secretFrom: 'SECRET' }, { SECRET: 'between us' });
    await channel.send(MESSAGE);
    const [{ path, headers, body }] = received as [(typeof received)[0]];
    expect(path).toBe('/hook');
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': 'msg_1' });
    expect(JSON.parse(body).alerts).toHaveLength(1);
    const content = `msg_1.${headers['webhook-timestamp']}.${body}`;
    const expected = createHmac('sha256', 'between us').update(content).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(Number(headers['webhook-timestamp'])).toBe(MESSAGE.sentAt.getTime() / 1000);
  });

  it('is signed as Standard Webhooks says', () => {
    // The example of https://docs.svix.com/receiving/verifying-payloads/how-manual.
    const body = '{"event_type":"ping","data":{"success":true}}';
    const signed = { id: 'msg_loFOjxBNrRLzqYUf', seconds: 1731705121, body };
    expect(signatureOf(signed, 'whsec_plJ3nmyCDGBKInavdOK15jsl')).toBe(
      'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
    );
  });

  it('tells user and password of its address in a header', async () => {
    const { url, received } = await started(startReceiver());
    const address = `${url.replace('//', '//ada:50%25%@')}/hook`;
    const channel = open({ kind: 'webhook', urlFrom: 'HOOK' }, { HOOK: address });
    await channel.send(MESSAGE);
    expect(received).toMatchObject([
      { path: '/hook', headers: { authorization: `Basic ${Buffer.from('ada:50%%').toString('base64')}` } },
    ]);
  });

  it('says what it was answered, and follows nobody elsewhere', async () => {
    const [first, other] = [await started(startReceiver()), await started(startReceiver())];
    first.answers.push({ status: 500 }, { status: 404 }, { status: 307, headers: { location: other.url } });
    const channel = open({ kind: 'webhook', url: first.url });
    expect(await failure(channel.send(MESSAGE))).toBe('it answered 500; the next call tries again');
    expect(await failure(channel.send(MESSAGE))).toBe('it answered 404; check its address');
    expect(await failure(channel.send(MESSAGE))).toMatch(/^it answered 307, a redirection, which is not followed/);
    expect(other.received).toEqual([]);
    expect(first.received[0]?.headers['webhook-signature']).toBeUndefined();
    await first.close();
    expect(await failure(channel.send(MESSAGE))).toMatch(
      /^it could not be reached \(\w+\); the next call tries again$/,
    );
  });
});

describe('Slack', () => {
  it('gets text in which no name is a mention', async () => {
    const { url, received } = await started(startReceiver());
    const channel = open({ kind: 'slack', urlFrom: 'HOOK' }, { HOOK: `${url}/services/T0/B0/secret` });
    await channel.send(sampleMessage(sampleAlert(HOSTILE_NAME)));
    expect(received[0]?.path).toBe('/services/T0/B0/secret');
    const { text } = JSON.parse(received[0]?.body ?? '') as { text: string };
    expect(text).toContain('+20 %');
    expect(text).not.toContain('<!channel>');
  });

  it('never shows its address, which is its secret', async () => {
    const { url, answers } = await started(startReceiver());
    answers.push({ status: 403 });
    const channel = open({ kind: 'slack', urlFrom: 'HOOK' }, { HOOK: `${url}/services/secret` });
    expect([channel.name, channel.place, await failure(channel.send(MESSAGE))].join()).not.toMatch(/secret|127/);
    expect(await failure(open({ kind: 'slack', urlFrom: 'HOOK' }).send(MESSAGE))).toBe(
      'the variable HOOK is not set; set it, or take it out of the configuration',
    );
    expect(await failure(open({ kind: 'slack', urlFrom: 'HOOK' }, { HOOK: 'secret' }).send(MESSAGE))).toBe(
      'the variable HOOK has no address; it has to begin with https://',
    );
  });
});

describe('an e-mail', () => {
  const mail = (port: number, more: object = {}): ChannelConfiguration => ({
    ...{ kind: 'email', host: '127.0.0.1', port, security: 'none', from: 'bench@example.org' },
    to: ['team@example.org', 'me@example.org'],
    ...more,
  });
  const login = { user: 'bench', passwordFrom: 'PASSWORD' };

  it('arrives at a server of SMTP, for all who are named', async () => {
    const { port, mails } = await started(startMailServer({ login: true }));
    await open(mail(port, login), { PASSWORD: 'right' }).send(MESSAGE);
    expect(mails).toMatchObject([
      { from: 'bench@example.org', to: ['team@example.org', 'me@example.org'], user: 'bench', isEncrypted: false },
    ]);
    expect(mails[0]?.text).toMatch(/^Subject: demo\/sum \+20 %\r$/m);
    expect(mails[0]?.text).toMatch(/^Message-ID: <msg_1@forgebench>\r$/im);
  });

  it('has no header and no recipient but ours, whatever a case is called', async () => {
    const { port, mails } = await started(startMailServer({ login: false }));
    await open(mail(port)).send(sampleMessage(sampleAlert(HOSTILE_NAME)));
    expect(mails[0]?.to).toEqual(['team@example.org', 'me@example.org']);
    expect(mails[0]?.text).not.toMatch(/^Bcc/m);
  });

  it('says what the server refused, and never the password', async () => {
    const { port, mails } = await started(startMailServer({ login: true }));
    const refused = await failure(open(mail(port, login), { PASSWORD: 'wrong secret' }).send(MESSAGE));
    expect(refused).toBe('the server refused user or password (EAUTH, 535); check them');
    expect(await failure(open(mail(port, login)).send(MESSAGE))).toMatch(/^the variable PASSWORD is not set/);
    expect(await failure(open(mail(port, { user: 'bench' })).send(MESSAGE))).toMatch(/both "user" and "passwordFrom"/);
    expect(mails).toEqual([]);
  });

  it('goes to no server that cannot encrypt, nor does the password', async () => {
    const { port, mails, passwords } = await started(startMailServer({ login: true, encrypts: false }));
    const secure = mail(port, { ...login, security: 'starttls' });
    expect(await failure(open(secure, { PASSWORD: 'right' }).send(MESSAGE))).toMatch(
      /^the connection could not be encrypted \(ETLS, 5\d\d\); check "security" and the certificate$/,
    );
    const plain = mail(port, { ...login, security: 'tls' });
    expect(await failure(open(plain, { PASSWORD: 'right' }).send(MESSAGE))).toMatch(
      /^the connection could not be encrypted \(ERR_SSL_\w+\); check "port" and "security"$/,
    );
    expect([mails, passwords]).toEqual([[], []]);
  });
});

describe('an e-mail over STARTTLS', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'forgebench-mail-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Sends in a process of its own, because Node.js reads whom it trusts when it starts; prints why it was refused. */
  async function send(port: number, host: string, trusted?: string): Promise<string> {
    const channel = { kind: 'email', host, port, user: 'bench', passwordFrom: 'PASSWORD', to: ['me@example.org'] };
    const configured = alertConfiguration.parse({ channels: [{ ...channel, from: 'bench@example.org' }] }).channels;
    const words = ['--input-type=module', '--eval', SEND, DOOR, JSON.stringify([configured, MESSAGE])];
    const env = { ...process.env, PASSWORD: 'right', NODE_EXTRA_CA_CERTS: trusted ?? '' };
    return (await promisify(execFile)(process.execPath, words, { env })).stdout.trim();
  }

  it('arrives, encrypted, at a server whose certificate is trusted', async () => {
    const certificate = makeCertificate(folder);
    const { port, mails } = await started(startMailServer({ login: true, certificate }));
    expect(await send(port, '127.0.0.1', certificate.file)).toBe('sent');
    expect(mails).toMatchObject([{ to: ['me@example.org'], user: 'bench', isEncrypted: true }]);
    expect(mails[0]?.text).toMatch(/^Subject: demo\/sum \+20 %\r$/m);
  });

  it('goes to no server whose certificate is not trusted, nor of another name, nor does the password', async () => {
    const certificate = makeCertificate(folder);
    const { port, mails, passwords } = await started(startMailServer({ login: true, certificate }));
    const refused = (code: string) =>
      `the certificate of the server is not trusted (${code}); check "host" and the certificate, and name an authority of your own in NODE_EXTRA_CA_CERTS`;
    expect(await send(port, '127.0.0.1')).toBe(refused('DEPTH_ZERO_SELF_SIGNED_CERT'));
    expect(await send(port, '127.0.0.1', makeCertificate(folder).file)).toBe(refused('DEPTH_ZERO_SELF_SIGNED_CERT'));
    expect(await send(port, 'localhost', certificate.file)).toBe(refused('ERR_TLS_CERT_ALTNAME_INVALID'));
    expect([mails, passwords]).toEqual([[], []]);
  });
});

describe('an issue on GitHub', () => {
  const configured = (url: string): ChannelConfiguration => ({
    ...{ kind: 'github', apiUrl: url, tokenFrom: 'TOKEN', repository: 'me/project' },
    labels: ['performance'],
  });

  it('is opened with title, text and labels', async () => {
    const { url, issues } = await started(startGithub());
    await open(configured(url), { TOKEN: 'secret' }).send(MESSAGE);
    expect(issues).toMatchObject([{ title: 'Slower: demo/sum +20 %', labels: ['performance'] }]);
    expect(issues[0]?.body).toContain('`demo/sum` +20 %');
  });

  it('is refused with what to do, and without the token', async () => {
    const { url, issues, faults } = await started(startGithub());
    faults.push({ status: 403, message: 'Resource not accessible by integration' });
    expect(await failure(open(configured(url), { TOKEN: 'secret' }).send(MESSAGE))).toMatch(
      /permissions: issues: write/,
    );
    expect(await failure(open(configured(url), { TOKEN: 'wrong' }).send(MESSAGE))).toBe(
      'GitHub does not know the token (401); check it',
    );
    expect(await failure(open({ ...configured(url), repository: undefined } as never).send(MESSAGE))).toMatch(
      /does not know a repository/,
    );
    expect(issues).toEqual([]);
  });
});

describe('a configuration', () => {
  const refusal = (alerts: object) => alertConfiguration.safeParse(alerts).error?.issues[0]?.message;
  const hook = { kind: 'webhook', url: 'http://a.local/' };

  it('with two channels of one name is refused, because the store tells them by it', () => {
    expect(refusal({ channels: [hook, hook] })).toMatch(/^two have one name/);
    expect(refusal({ channels: [hook, { ...hook, name: 'other' }] })).toBeUndefined();
  });

  it('takes no user or password, and secrets by the name of a variable alone', () => {
    for (const login of ['me:secret', 'token'])
      expect(refusal({ channels: [{ ...hook, url: `http://${login}@a.local/` }] })).toMatch(/name a variable/);
    expect(refusal({ channels: [{ ...hook, secretFrom: 'between us' }] })).toMatch(/name of a variable/);
    expect(refusal({ channels: [{ ...hook, url: 'file:///etc/passwd' }] })).toBeDefined();
    expect(refusal({ channels: [hook], repeat: 'often' })).toBe('has to be a time such as 7d');
  });
});
