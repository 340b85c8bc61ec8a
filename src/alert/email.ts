// E-mail through a server of SMTP.
import type { Channel } from './alert.js';
import { AlertError } from './alert-error.js';
import { subjectOf, toPlainText } from './message-text.js';

/** A server that takes mail, and to whom it goes. */
export interface EmailOptions {
  name: string;
  place: string;
  host: string;
  port: number;
  /** Encrypted from the start, from its first answer on, or not at all. */
  security: 'tls' | 'starttls' | 'none';
  login: { user: string; password: string } | undefined;
  from: string;
  to: readonly string[];
}

/** A server that does not answer must not hold up the others, milliseconds. */
const PATIENCE_MS = 10_000;

/** A channel that sends the message as a mail. */
export function email({ name, place, ...options }: EmailOptions): Channel {
  return {
    name,
    place,
    async send(message) {
      // Imported where it is needed: most verbs send nothing.
      const { createTransport } = await import('nodemailer');
      const transport = createTransport(transportOptions(options));
      const mail = { from: options.from, to: [...options.to], subject: subjectOf(message), text: toPlainText(message) };
      try {
        // The same message has the same id, by which mail programs tell doubles.
        await transport.sendMail({ ...mail, messageId: `<${message.id}@forgebench>` });
      } catch (error) {
        throw new AlertError(reasonOf(error as Error & { code?: string; responseCode?: number }));
      } finally {
        transport.close();
      }
    },
  };
}

function transportOptions({ host, port, security, login }: Omit<EmailOptions, 'name' | 'place'>) {
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(login && { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** What servers say may repeat what they were told; only its number is shown. */
function reasonOf({ code, responseCode }: { code?: string; responseCode?: number }): string {
  const answer = responseCode === undefined ? (code ?? 'unknown') : `${code}, ${responseCode}`;
  switch (code) {
    case 'EAUTH':
      return `the server refused user or password (${answer}); check them`;
    case 'EENVELOPE':
      return `the server refused sender or recipients (${answer}); check "from" and "to"`;
    case 'ETLS':
      return `the connection could not be encrypted (${answer}); check "security" and the certificate`;
    default:
      return `the server could not be reached or did not take it (${answer}); the next call tries again`;
  }
}
