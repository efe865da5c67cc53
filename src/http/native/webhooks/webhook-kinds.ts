import { invalidParameter } from '../../../domain/registry-error.js';
import { refuseInvalidSecret } from '../../../domain/webhook/secret.js';
import { isText } from '../requests/kind.js';
import type { Kind } from '../requests/kind.js';

const maxUrl = 2_048;

/** The address of an endpoint. Whether it can be reached is another matter. There may be a password in it. */
export function endpointUrl(): Kind<string> {
  return {
    schema: { type: 'string', format: 'uri', maxLength: maxUrl },
    valid: `a URL with its scheme and host, of at most ${maxUrl} characters`,
    isSecret: true,
    read: (sent) => {
      if (!isText(sent) || sent.length > maxUrl || !URL.canParse(sent)) return undefined;
      const { username, hostname } = new URL(sent);
      if (hostname === '') return undefined;
      if (username === '***') {
        throw invalidParameter('its user and password are masked. Say the whole URL, or leave it out.');
      }
      return sent;
    },
  };
}

/** A secret of Standard Webhooks. What was sent instead is in no message. */
export function signingSecret(): Kind<string> {
  return {
    schema: { type: 'string', pattern: '^whsec_[A-Za-z0-9+/]+={0,2}$', writeOnly: true },
    valid: 'a secret of Standard Webhooks',
    isSecret: true,
    read: (sent) => {
      const secret = isText(sent) ? sent : '';
      refuseInvalidSecret(secret);
      return secret;
    },
  };
}
