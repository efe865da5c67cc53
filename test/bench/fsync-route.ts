import { fastify } from 'fastify';
import { openInserts } from './inserts.js';

/** A Fastify server that keeps each body it gets with one INSERT, on disk before it answers: [port, path, file]. */
const [port, path = '/', file = ''] = process.argv.slice(2);
const insert = openInserts(file);
const server = fastify();
server.post(path, (request) => ({ id: insert(JSON.stringify(request.body)) }));
server.get('/ready', () => 'ready');
await server.listen({ host: '127.0.0.1', port: Number(port) });
