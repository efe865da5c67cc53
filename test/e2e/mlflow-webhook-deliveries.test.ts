import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { startEndpoint } from '../infrastructure/webhooks/endpoint.js';
import type { TestEndpoint } from '../infrastructure/webhooks/endpoint.js';
import { startTestServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

const modelCreated = { entity: 'REGISTERED_MODEL', action: 'CREATED' };

describe("A webhook of MLflow's", () => {
  let server: TestServer;
  let endpoint: TestEndpoint;
  const arrivals = new EventEmitter();
  let models = 0;

  beforeAll(async () => {
    server = await startTestServer({ ANNALS_WEBHOOK_ALLOW: '127.0.0.1' });
    endpoint = await startEndpoint((_, response) => {
      response.end(() => arrivals.emit('one'));
    });
  });

  afterAll(async () => {
    await server.close();
    await endpoint.close();
  });

  async function created(): Promise<string> {
    const url = `http://127.0.0.1:${endpoint.port}/`;
    const { body } = await server.mlflow('POST', 'webhooks', { name: 'hook', url, events: [modelCreated] });
    return (body['webhook'] as unknown as { webhook_id: string }).webhook_id;
  }

  async function newModel(): Promise<string> {
    const name = `model ${(models += 1)}`;
    await server.mlflow('POST', 'registered-models/create', { name });
    return name;
  }

  const told = () =>
    endpoint.arrived.map(({ body }) => (JSON.parse(body) as { data: { name: string } }).data.name);

  async function untilTold(name: string): Promise<void> {
    while (!told().includes(name)) await once(arrivals, 'one');
  }

  it('is not told what happened while it was disabled', async () => {
    const id = await created();
    const status = (word: string) => server.mlflow('PATCH', `webhooks/${id}`, { status: word });
    const all: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      all.push(await newModel());
      await untilTold(all.at(-1) ?? '');
      await status('DISABLED');
      await newModel();
      await status('ACTIVE');
    }
    all.push(await newModel());
    await untilTold(all.at(-1) ?? '');
    expect(told()).toEqual(all);
  });
});
