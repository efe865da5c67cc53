import type { FastifyRequest } from 'fastify';

const methods = ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'] as const;

/** The path of a request and the methods that there are for it. */
export function allowedMethods({ url, server }: Pick<FastifyRequest, 'url' | 'server'>): {
  readonly path: string;
  readonly methods: readonly string[];
} {
  const path = url.split('?', 1)[0] ?? '';
  return { path, methods: methods.filter((method) => server.findRoute({ method, url: path })) };
}
