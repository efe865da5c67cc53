// Prints "deploy fraud v7" when a version reaches Production.
//
//   ANNALS_WEBHOOK_ALLOW=127.0.0.1 npm start          Annals may send to this machine, which it may not by itself
//   npm exec -- node docs/examples/deployer.ts        Node.js 24 reads TypeScript as it is
//
// ANNALS_URL says where Annals is, and PORT where to listen. Elsewhere, install the package standardwebhooks.

import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** What is used of the notice; its JSON Schema is at /api/v1/schemas. */
interface ProductionChanged {
  readonly id: string;
  readonly data: { readonly model: string; readonly occupants: { readonly Production: readonly number[] } };
}

interface Created {
  readonly webhook: { readonly id: string };
  readonly secret: string;
}

const api = `${process.env['ANNALS_URL'] ?? 'http://127.0.0.1:5000'}/api/v1`;
const port = Number(process.env['PORT'] ?? 8099);

const { webhook, secret } = await ask<Created>('POST', '/webhooks', {
  name: 'deployer',
  url: `http://127.0.0.1:${port}/`,
  filter: { types: ['io.annals.registry.production.changed.v1'] },
});
const signatures = new Webhook(secret);

const server = createServer(async (request, response) => {
  const body = await textOf(request);
  try {
    signatures.verify(body, request.headers as Record<string, string>);
  } catch {
    response.writeHead(401).end();
    return;
  }
  if (!request.headers['annals-test']) deploy(JSON.parse(body) as ProductionChanged);
  response.writeHead(204).end();
});

server.listen(port, '127.0.0.1', () => console.log(`told by webhook ${webhook.id}`));
process.once('SIGINT', () => void ask('DELETE', `/webhooks/${webhook.id}`).finally(() => process.exit()));

/** A notice may come twice; to deploy what is deployed changes nothing. Who is in Production now is what counts. */
function deploy({ data: { model, occupants } }: ProductionChanged): void {
  const newest = occupants.Production.at(-1);
  console.log(newest === undefined ? `undeploy ${model}` : `deploy ${model} v${newest}`);
}

async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const json = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(api + path, { method, ...json });
  if (!answer.ok) throw new Error(await answer.text());
  return (answer.status === 204 ? undefined : await answer.json()) as Answer;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
