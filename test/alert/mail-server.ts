// A server of SMTP on this machine that keeps the mails that it gets.
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as it came. */
export interface ReceivedMail {
  from: string;
  to: string[];
  text: string;
  /** Who had logged in. */
  user: string | undefined;
  isEncrypted: boolean;
}

/** A running server. */
export interface MailServer {
  port: number;
  mails: ReceivedMail[];
  /** Every password that it was told. */
  passwords: string[];
  close(): Promise<void>;
}

/** A certificate with its key, as PEM. */
export interface Certificate {
  key: string;
  cert: string;
}

/** How a server behaves. */
export interface MailServerOptions {
  login: boolean;
  /** One that nobody can trust where it is absent: its key is public. */
  certificate?: Certificate;
  /** False where it does not know STARTTLS; true where it is absent. */
  encrypts?: boolean;
}

/** Starts a server that knows the user `bench` with the password `right`. */
export async function startMailServer({ login, certificate, encrypts = true }: MailServerOptions): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const passwords: string[] = [];
  const server = new SMTPServer({
    ...certificate,
    authOptional: !login,
    ...(!encrypts && { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] }),
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, callback) {
      passwords.push(password ?? '');
      if (username === 'bench' && password === 'right') callback(null, { user: username });
      else callback(new Error(`${password} is wrong`));
    },
    onData(stream, session, callback) {
      let text = '';
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const user = session.user as string | undefined;
        mails.push({ from, to: rcptTo.map(({ address }) => address), text, user, isEncrypted: session.secure });
        callback();
      });
    },
  });
  // What a client says that goes away is nothing to fail a test for.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    passwords,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
