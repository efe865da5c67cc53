import { fastify } from 'fastify';

/** A Fastify server that has nothing to do but to answer the same bytes: [port, path, type, body]. */
const [port, path = '/', type = '', body] = process.argv.slice(2);
const server = fastify();
server.get(path, (_request, reply) => reply.header('content-type', type).send(body));
server.get('/ready', () => 'ready');
await server.listen({ host: '127.0.0.1', port: Number(port) });
