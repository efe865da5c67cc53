import { invalidParameter } from '../../domain/registry-error.js';
import { pythonRepr } from '../../domain/python-text.js';
import { splitUri } from '../../domain/registered-model/uri.js';
import { withoutCredentials } from '../../domain/webhook/url-credentials.js';

/** Where a request goes: what is checked is what is connected to, since both are read by one parser. */
export interface Endpoint {
  readonly protocol: 'http:' | 'https:';
  /** A name, or an address in its usual spelling, without brackets. */
  readonly host: string;
  /** Undefined for the scheme's own. */
  readonly port: string | undefined;
  /** With the query. */
  readonly path: string;
  /** `user:password` from the URL; undefined without. */
  readonly credentials: string | undefined;
}

/**
 * Reads the URL of a webhook, in the words of MLflow's `_validate_webhook_url`. User and password are in no message.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE
 */
export function readEndpoint(text: string): Endpoint {
  const quoted = pythonRepr(withoutCredentials(text));
  if (text.trim() === '') {
    throw invalidParameter(`Webhook URL cannot be empty or just whitespace: ${quoted}`);
  }
  const { scheme, authority } = splitUri(text.trim());
  if (scheme !== 'https' && scheme !== 'http') throw schemeRefused(scheme);
  if (authority.replace(/^.*@/s, '').replace(/:\d*$/, '') === '') {
    throw invalidParameter(`Webhook URL must include a hostname: ${quoted}`);
  }
  if (!URL.canParse(text)) throw invalidParameter(`Invalid webhook URL ${quoted}`);
  const url = new URL(text);
  return {
    protocol: url.protocol as Endpoint['protocol'],
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port || undefined,
    path: `${url.pathname}${url.search}`,
    credentials: credentialsOf(url, quoted),
  };
}

/** The scheme may not be used, at all or for this host. */
export function schemeRefused(scheme: string): Error {
  return invalidParameter(`Invalid webhook URL scheme: ${pythonRepr(scheme)}. Allowed schemes are: https.`);
}

function credentialsOf({ username, password }: URL, quoted: string): string | undefined {
  if (username === '' && password === '') return undefined;
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    throw invalidParameter(
      `Invalid webhook URL ${quoted}: user and password have to be percent-encoded UTF-8`,
    );
  }
}
