import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** What a key of AES-256 has. */
export const keyBytes = 32;

/** A text is not a key; it is not in the message. */
export class SecretsKeyError extends Error {
  override readonly name = 'SecretsKeyError';
}

/**
 * A key that secrets are encrypted with, written as 32 bytes in base64 (or base64url). The object shows nothing of it
 * where it is logged.
 *
 * @throws SecretsKeyError
 */
export function readSecretsKey(text: string): KeyObject {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === keyBytes && /^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return createSecretKey(bytes);
  throw new SecretsKeyError(
    `has to be ${keyBytes} random bytes in base64, as \`openssl rand -base64 ${keyBytes}\` prints them`,
  );
}
