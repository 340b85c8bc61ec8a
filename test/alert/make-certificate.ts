// A certificate that nobody but a test trusts, made by openssl.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from './mail-server.js';

/** Makes one for 127.0.0.1 that signs itself and is good for a day; `file`, below `folder`, names it as an authority. */
export function makeCertificate(folder: string): Certificate & { file: string } {
  const its = mkdtempSync(join(folder, 'certificate-'));
  const [key, file] = [join(its, 'key.pem'), join(its, 'cert.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  const name = ['-subj', '/CN=forgebench test', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', file], { stdio: 'pipe' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(file, 'utf8'), file };
}
