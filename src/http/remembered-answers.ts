import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';

/** Characters of all answers together, and of one at most. */
const maxSize = 64_000_000;
const maxEntrySize = 4_000_000;

/** Where a read notes how often the read model had changed when it came; -1 on all others. */
const askedAt = Symbol('asked at');
type Asked = FastifyRequest & { [askedAt]: number };

const mlflowRead = /^\S*\/(?:ajax-)?api\/2\.0\/mlflow\/[^?]+\/(?!get\?)[^?/]+\?./;

/**
 * Answers a read that was answered before from memory, as long as the read model has not changed since. Clients that
 * poll for the version to serve, and dashboards, ask the same again and again; each change of the read model, however
 * small, clears everything, so that no answer is older than the read model.
 *
 * Only reads of MLflow's API whose query says it all: none with a body, and none for a workspace. And not those of one
 * model or one version: the reader has them in memory itself, and it costs more to keep each a second time.
 *
 * @param changes how often the read model has changed so far
 */
export function rememberAnswers(server: FastifyInstance, changes: () => number): void {
  const answers = new LRUCache<string, string>({
    maxSize,
    maxEntrySize,
    sizeCalculation: ({ length }) => length,
  });
  let asOf = -1;
  server.decorateRequest(askedAt, -1);

  server.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'GET' || !mlflowRead.test(request.url)) return done();
    if (request.headers['x-mlflow-workspace'] !== undefined) return done();
    const now = changes();
    if (now !== asOf) {
      answers.clear();
      asOf = now;
    }
    const answer = answers.get(request.url);
    if (answer !== undefined) return void reply.type('application/json; charset=utf-8').send(answer);
    (request as Asked)[askedAt] = now;
    done();
  });

  server.addHook('onSend', (request, reply, payload, done) => {
    if (
      (request as Asked)[askedAt] === changes() &&
      reply.statusCode === 200 &&
      typeof payload === 'string'
    ) {
      answers.set(request.url, payload);
    }
    done(null, payload);
  });
}
