import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CatchingUp } from '../application/deciding/catching-up.js';
import { RegistryError } from '../domain/registry-error.js';

/** MLflow's API and the native one, whose history follows what the registry of its node has shown. */
const registryRoute = /\/(?:(?:ajax-)?api\/2\.0\/mlflow|api\/v1)\//;

/** Reads by POST, of which there are as many as MLflow's clients know. */
const readingPost = /\/(?:search|get-latest-versions)$/;

/**
 * Lets every read of the registry and of its history wait until this node has read everything that was recorded before the request came,
 * on whatever node. It has to be there before anything that answers from memory.
 */
export function readTheLog(server: FastifyInstance, catchingUp: CatchingUp): void {
  server.addHook('onRequest', async (request) => {
    if (!isRead(request) || (await catchingUp.promptly())) return;
    throw new RegistryError(
      'TEMPORARILY_UNAVAILABLE',
      'This node has not read everything yet that was recorded before the request. Try again soon.',
    );
  });
}

function isRead({ method, routeOptions: { url = '' } }: FastifyRequest): boolean {
  if (!registryRoute.test(url)) return false;
  return method === 'POST' ? readingPost.test(url) : method === 'GET' || method === 'HEAD';
}
