import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { DoubleOptions } from './options.js';

/** Makes a certificate for this machine that vouches for itself, with the program openssl, which may be missing. */
export function makeCertificate(folder: string): DoubleOptions['tls'] {
  const certificate = join(folder, 'certificate.pem');
  const key = join(folder, 'key.pem');
  const subject = ['-subj', '/CN=eventstoredb-node', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const files = ['-keyout', key, '-out', certificate];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  try {
    execFileSync('openssl', ['req', '-x509', ...kind, ...subject, ...files], { stdio: 'ignore' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return { certificate, key, authority: certificate };
}
