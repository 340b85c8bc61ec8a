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
        throw new AlertError(reasonOf(error as SmtpError));
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

/** What nodemailer throws: its own code, and that of Node.js where a socket had one. */
interface SmtpError extends Error {
  code?: string;
  originalCode?: string;
  responseCode?: number;
}

/** Codes by which Node.js says that it does not trust a certificate (`node:tls`, X509 certificate error codes). */
const NOT_TRUSTED = /CERT|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH|INVALID_CA/;

/** What servers say may repeat what they were told; only its number is shown. */
function reasonOf({ code, originalCode = '', responseCode }: SmtpError): string {
  if (NOT_TRUSTED.test(originalCode))
    return `the certificate of the server is not trusted (${originalCode}); check "host" and the certificate, and name an authority of your own in NODE_EXTRA_CA_CERTS`;
  if (originalCode.startsWith('ERR_SSL'))
    return `the connection could not be encrypted (${originalCode}); check "port" and "security"`;
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
