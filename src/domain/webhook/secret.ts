import { invalidParameter } from '../registry-error.js';

/** Before every secret of Standard Webhooks 1.0 that both sides share. */
const prefix = 'whsec_';

/** How many bytes Standard Webhooks lets a secret have. */
const fewestBytes = 24;
const mostBytes = 64;

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** How many random bytes a new secret is made of. */
export const secretBytes = 32;

/** A secret as Standard Webhooks writes it: `whsec_` and the bytes in base64. */
export function secretOf(random: Uint8Array): string {
  return prefix + btoa(String.fromCharCode(...random));
}

/**
 * Checks a secret that a user brings along. Its text is in no message.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE
 */
export function refuseInvalidSecret(secret: string): void {
  const bytes = bytesOf(secret)?.length ?? 0;
  if (bytes >= fewestBytes && bytes <= mostBytes) return;
  throw invalidParameter(
    `A secret has to be ${prefix} and ${fewestBytes} to ${mostBytes} bytes in base64, as Standard Webhooks has it`,
  );
}

/**
 * The key that Standard Webhooks signs with: the bytes that `whsec_` introduces. Any other text is a secret that was
 * made for MLflow, and stands for its own bytes in UTF-8.
 */
export function signingKey(secret: string): Uint8Array {
  return bytesOf(secret) ?? new TextEncoder().encode(secret);
}

function bytesOf(secret: string): Uint8Array | undefined {
  const text = secret.slice(prefix.length);
  if (!secret.startsWith(prefix) || text === '' || !base64.test(text)) return undefined;
  return Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
}
