import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../application/history/event-metadata.js';
import { invalidParameter } from '../../domain/registry-error.js';

const unauthenticated: Actor = {
  type: 'unauthenticated',
  id: 'unauthenticated',
  authentication: 'unauthenticated',
};

const maxNameLength = 256;

/**
 * Who sends a request: the user name of HTTP Basic authentication (RFC 7617), which is what MLflow's clients send for
 * `MLFLOW_TRACKING_USERNAME`. No password is checked yet; this is the one place where that will happen.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE for a user name that cannot be kept.
 */
export function actorOf({ headers }: Pick<FastifyRequest, 'headers'>): Actor {
  const [scheme, credentials] = (headers.authorization ?? '').split(' ', 2);
  if (scheme?.toLowerCase() !== 'basic' || !credentials) return unauthenticated;
  const [id = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':', 1);
  if (id === '') return unauthenticated;
  if (id.length > maxNameLength || /\p{Cc}|\ufffd/u.test(id)) {
    throw invalidParameter(
      `The user name of the Authorization header has to be UTF-8 text of at most ${maxNameLength} characters.`,
    );
  }
  return { type: 'user', id, authentication: 'basic-unverified' };
}
