import type { SecretBox } from '../ports/secret-box.js';
import type { SigningSecret } from '../queries/subscribers/subscriber-views.js';

/**
 * The secrets that a request is signed with at a time (milliseconds since the epoch), opened, in their order: the newest
 * first.
 *
 * @throws SecretUnreadableError when one of them cannot be read: a request that lacks a signature would be refused
 */
export function liveSecrets(secrets: readonly SigningSecret[], at: number, box: SecretBox): string[] {
  return secrets.filter(({ until }) => until === null || at < until).map(({ sealed }) => box.open(sealed));
}
