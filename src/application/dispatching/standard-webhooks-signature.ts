import { createHmac } from 'node:crypto';
import { signingKey } from '../../domain/webhook/secret.js';

/** What is signed: the id, the time of the attempt and the body, with full stops between them. */
export interface SignedContent {
  /** Without a full stop, or the borders could be shifted. */
  readonly id: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The headers of Standard Webhooks 1.0, symmetric scheme `v1`.
 *
 * @param secrets all that are live, so that a receiver may have any of them; without one nothing is signed
 */
export function standardWebhooksHeaders(
  content: SignedContent,
  secrets: readonly string[],
): Record<string, string> {
  const signatures = secrets.map((secret) => signatureOf(content, signingKey(secret)));
  return {
    'webhook-id': content.id,
    'webhook-timestamp': String(content.timestamp),
    ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
  };
}

/** `v1,` and the HMAC-SHA256 of the content in base64. */
export function signatureOf({ id, timestamp, body }: SignedContent, key: Uint8Array | string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
