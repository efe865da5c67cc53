import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { startEndpoint } from '../infrastructure/webhooks/endpoint.js';
import type { Arrived, TestEndpoint } from '../infrastructure/webhooks/endpoint.js';
import { startTestServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

const promptCreated = { entity: 'PROMPT', action: 'CREATED' };
const versionCreated = { entity: 'MODEL_VERSION', action: 'CREATED' };

describe("A webhook of MLflow's, when it is tried", () => {
  let server: TestServer;
  let endpoint: TestEndpoint;
  let answer = 200;
  let here: string;

  beforeAll(async () => {
    server = await startTestServer({ ANNALS_WEBHOOK_ALLOW: '127.0.0.1' });
    endpoint = await startEndpoint((_, response) => {
      response.writeHead(answer, answer === 302 ? { location: '/elsewhere' } : {}).end('told');
    });
    here = `http://127.0.0.1:${endpoint.port}/hook`;
  });

  let before = 0;
  const received = () => endpoint.arrived.slice(before);

  beforeEach(() => {
    before = endpoint.arrived.length;
    answer = 200;
  });

  afterAll(async () => {
    await endpoint.close();
    await server.close();
  });

  async function created(fields: object): Promise<{ webhook_id: string }> {
    const asked = { name: 'hook', events: [promptCreated], ...fields };
    const { status, body } = await server.mlflow('POST', 'webhooks', asked);
    expect(status).toBe(200);
    return body['webhook'] as unknown as { webhook_id: string };
  }

  async function tried(id: string, body: object = {}) {
    const { status, body: told } = await server.mlflow('POST', `webhooks/${id}/test`, body);
    expect(status).toBe(200);
    return told['result'] as unknown;
  }

  const refusal = (message: string) => ({
    status: 400,
    body: { error_code: 'INVALID_PARAMETER_VALUE', message: expect.stringContaining(message) },
  });

  it('is sent a sample of its first event, signed with its secret, also when it is disabled', async () => {
    const events = [versionCreated, promptCreated];
    const { webhook_id } = await created({ url: here, events, secret: 'sécret', status: 'DISABLED' });
    expect(await tried(webhook_id)).toEqual({ success: true, response_status: 200, response_body: 'told' });
    const [{ headers, body }] = received() as [Arrived];
    expect(body).toMatch(
      /^\{"entity": "model_version", "action": "created", "timestamp": "[-\d]+T[.:\d]+\+00:00", "data": \{"name": "example_model", "version": "1", /,
    );
    const signed = `${String(headers['x-mlflow-delivery-id'])}.${String(headers['x-mlflow-timestamp'])}.${body}`;
    const signature = createHmac('sha256', 'sécret').update(signed).digest('base64');
    expect(headers['x-mlflow-signature']).toBe(`v1,${signature}`);
  });

  it('is sent the sample of the event that is named, be it told of that or not', async () => {
    const { webhook_id } = await created({ url: here });
    await tried(webhook_id, { event: { entity: 'BUDGET_POLICY', action: 5 } });
    expect(received().map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { entity: 'budget_policy', action: 'exceeded', data: { budget_policy_id: 'bp-abc123' } },
    ]);
    expect(received()[0]?.headers).not.toHaveProperty('x-mlflow-signature');
  });

  it.each([302, 404, 500])('has failed if the answer is %d', async (status) => {
    answer = status;
    const { webhook_id } = await created({ url: here });
    expect(await tried(webhook_id)).toEqual({
      success: false,
      response_status: status,
      response_body: 'told',
    });
    expect(received()).toHaveLength(1);
  });

  it('has failed if nobody is there', async () => {
    const { webhook_id } = await created({ url: 'http://127.0.0.1:9/' });
    expect(await tried(webhook_id)).toEqual({
      success: false,
      error_message: expect.stringMatching(/^Failed to test webhook: ./),
    });
  });

  it.each([
    [{ event: {} }, 'No entity of a webhook event.'],
    [{ event: { entity: 'X', action: 'Y' } }, 'Invalid entity "X" of a webhook event.'],
    [{ event: { entity: 'PROMPT', action: 'SET' } }, "Invalid action 'set' for entity 'prompt'."],
    [{ event: 'prompt.created' }, 'Invalid value "prompt.created" for parameter \'event\' supplied:'],
    [{ event: [promptCreated] }, "for parameter 'event' supplied:  Hint: Value was of type 'list'."],
  ])('is sent nothing for %j', async (body, message) => {
    const { webhook_id } = await created({ url: here });
    expect(await server.mlflow('POST', `webhooks/${webhook_id}/test`, body)).toMatchObject(refusal(message));
    expect(received()).toEqual([]);
  });

  it('is sent nothing without a content type', async () => {
    const { webhook_id } = await created({ url: here });
    expect(await server.mlflow('POST', `webhooks/${webhook_id}/test`)).toMatchObject(
      refusal('Bad Request. Content-Type header is missing.'),
    );
    expect(received()).toEqual([]);
  });
});
