import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

const time = expect.any(Number);
const url = 'https://1.1.1.1/hook';
const promptCreated = { entity: 'PROMPT', action: 'CREATED' };
const versionCreated = { entity: 'MODEL_VERSION', action: 'CREATED' };

interface WebhookMessage {
  webhook_id: string;
  name: string;
  description?: string;
  url: string;
  events: { entity: string; action: string }[];
  status: string;
  creation_timestamp: number;
  last_updated_timestamp: number;
}

describe("MLflow's webhooks over HTTP", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });

  afterAll(() => server.close());

  async function created(fields: object = {}): Promise<WebhookMessage> {
    const asked = { name: 'hook', url, events: [promptCreated], ...fields };
    const { status, body } = await server.mlflow('POST', 'webhooks', asked);
    expect(status).toBe(200);
    return body['webhook'] as unknown as WebhookMessage;
  }

  async function read(id: string): Promise<WebhookMessage> {
    return (await server.mlflow('GET', `webhooks/${id}`)).body['webhook'] as unknown as WebhookMessage;
  }

  async function updated(id: string, changes: object): Promise<WebhookMessage> {
    const { status, body } = await server.mlflow('PATCH', `webhooks/${id}`, changes);
    expect(status).toBe(200);
    return body['webhook'] as unknown as WebhookMessage;
  }

  async function listed(query: string): Promise<{ ids: string[]; token: string | undefined }> {
    const { body } = await server.mlflow('GET', `webhooks?${query}`);
    const webhooks: WebhookMessage[] = body['webhooks'] ?? [];
    return { ids: webhooks.map(({ webhook_id }) => webhook_id), token: body['next_page_token'] };
  }

  const refusal = (message: string) => ({
    status: 400,
    body: {
      error_code: 'INVALID_PARAMETER_VALUE',
      message: expect.stringContaining(message),
      sqlstate: 'KAM00',
      error_class: 'INVALID_PARAMETER_VALUE',
    },
  });

  it('lists nothing, and no empty list, before there is one', async () => {
    expect((await server.mlflow('GET', 'webhooks')).body).toEqual({});
  });

  it('answers a new one without its secret and without what was not given', async () => {
    const webhook = await created({ secret: 'never told' });
    expect(webhook).toEqual({
      webhook_id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
      name: 'hook',
      url,
      events: [promptCreated],
      status: 'ACTIVE',
      creation_timestamp: time,
      last_updated_timestamp: webhook.creation_timestamp,
    });
  });

  it('never tells a secret again', async () => {
    const { webhook_id } = await created({ secret: 'never told' });
    await updated(webhook_id, { secret: 'never told either' });
    for (const path of ['webhooks', `webhooks/${webhook_id}`]) {
      expect(JSON.stringify((await server.mlflow('GET', path)).body)).not.toContain('never told');
    }
  });

  it('never tells user and password of a URL again, and keeps them when it is sent back as it was told', async () => {
    const webhook = await created({ url: 'https://ana:pass@1.1.1.1/hook' });
    expect(webhook.url).toBe('https://***@1.1.1.1/hook');
    expect(await updated(webhook.webhook_id, { url: webhook.url })).toEqual(webhook);
  });

  it('has the same for the browser', async () => {
    const { webhook_id } = await created();
    const answer = await server.send('GET', `/ajax-api/2.0/mlflow/webhooks/${webhook_id}`);
    expect(answer.body['webhook']).toEqual(await read(webhook_id));
  });

  it('reads enumerations by name and by number', async () => {
    const { events, status } = await created({ events: [{ entity: 2, action: '1' }], status: 2 });
    expect({ events, status }).toEqual({ events: [versionCreated], status: 'DISABLED' });
  });

  it('lists the newest first, each once, over pages', async () => {
    const made: string[] = [];
    for (let i = 0; i < 5; i += 1) made.push((await created()).webhook_id);
    const newest = made.toReversed();
    const first = await listed('max_results=2');
    const { webhook_id: newer } = await created();
    const second = await listed(`max_results=2&page_token=${encodeURIComponent(first.token ?? '')}`);
    expect([first.ids, second.ids]).toEqual([newest.slice(0, 2), newest.slice(2, 4)]);
    expect((await listed('max_results=0')).ids[0]).toBe(newer);
  });

  it('changes what a request names, and nothing else', async () => {
    const webhook = await created({ description: 'tells', status: 'DISABLED' });
    const { webhook_id } = webhook;
    expect(await updated(webhook_id, { name: 'other' })).toEqual({
      ...webhook,
      name: 'other',
      last_updated_timestamp: time,
    });
    const events = [versionCreated, promptCreated];
    const after = await updated(webhook_id, { url: 'https://8.8.8.8/', events, status: 'ACTIVE' });
    expect(after).toMatchObject({ name: 'other', url: 'https://8.8.8.8/', events, status: 'ACTIVE' });
    expect(await read(webhook_id)).toEqual(after);
  });

  it('takes empty texts and lists for nothing, but a description is cleared', async () => {
    const webhook = await created({ description: 'tells' });
    expect(await updated(webhook.webhook_id, { name: '', url: '', events: [], secret: '' })).toEqual(webhook);
    expect(await updated(webhook.webhook_id, { description: '' })).not.toHaveProperty('description');
  });

  it('answers an update without a body', async () => {
    const webhook = await created();
    expect((await server.mlflow('PATCH', `webhooks/${webhook.webhook_id}`)).body).toEqual({ webhook });
  });

  it('knows a deleted one no longer', async () => {
    const { webhook_id } = await created();
    expect(await server.mlflow('DELETE', `webhooks/${webhook_id}`, {})).toMatchObject({
      status: 200,
      body: {},
    });
    expect((await listed('max_results=1000')).ids).not.toContain(webhook_id);
    for (const [method, path] of calls(webhook_id)) {
      expect(await server.mlflow(method, path, method === 'GET' ? undefined : {})).toMatchObject(
        notFound(webhook_id),
      );
    }
  });

  it.each(['nope', '00000000-0000-4000-8000-000000000000', '%F0%9F%8C%B1'])(
    'does not know %s',
    async (id) => {
      for (const [method, path] of calls(id)) {
        const answer = await server.mlflow(method, path, method === 'GET' ? undefined : {});
        expect(answer).toMatchObject(notFound(decodeURIComponent(id)));
      }
    },
  );

  const calls = (id: string): [string, string][] => [
    ['GET', `webhooks/${id}`],
    ['PATCH', `webhooks/${id}`],
    ['DELETE', `webhooks/${id}`],
    ['POST', `webhooks/${id}/test`],
  ];

  const notFound = (id: string) => ({
    status: 404,
    body: {
      error_code: 'RESOURCE_DOES_NOT_EXIST',
      message: `Webhook with ID ${id} not found.`,
      error_class: 'RESOURCE_NOT_FOUND',
    },
  });

  const badFields: [fields: object, message: string][] = [
    [{ name: null }, "Missing value for required parameter 'name'."],
    [{ url: null }, "Missing value for required parameter 'url'."],
    [{ events: null }, "Missing value for required parameter 'events'."],
    [{ events: [] }, 'Webhook events must be a non-empty list of WebhookEvent objects: [].'],
  ];

  it.each(badFields)('creates none with %j', async (fields, message) => {
    const asked = { name: 'hook', url, events: [promptCreated], ...fields };
    expect(await server.mlflow('POST', 'webhooks', asked)).toMatchObject(refusal(message));
  });

  const badValues: [fields: object, message: string][] = [
    [{ name: 7 }, "Invalid value 7 for parameter 'name' supplied:  Hint: Value was of type 'int'."],
    [{ name: 'x y' }, "Webhook name 'x y' is invalid."],
    [{ url: 'ftp://1.1.1.1/' }, "Invalid webhook URL scheme: 'ftp'."],
    [{ url: '  ' }, "Webhook URL cannot be empty or just whitespace: '  '"],
    [{ url: 'https://10.0.0.1/' }, 'Webhook URL must not resolve to a non-public IP address.'],
    [{ url: 'http://1.1.1.1/' }, "Invalid webhook URL scheme: 'http'. Allowed schemes are: https."],
    [{ events: 'x' }, "Invalid value \"x\" for parameter 'events' supplied:  Hint: Value was of type 'str'."],
    [{ events: ['x'] }, 'Invalid webhook event "x".'],
    [{ events: [{ entity: 'PROMPT' }] }, 'No action of a webhook event.'],
    [{ events: [{ entity: 'NOPE', action: 'CREATED' }] }, 'Invalid entity "NOPE" of a webhook event.'],
    [{ events: [{ entity: 'PROMPT', action: 'SET' }] }, "Invalid action 'set' for entity 'prompt'."],
    [{ events: [promptCreated, { entity: 5, action: 1 }] }, "'prompt.created' is there twice."],
    [{ status: 'disabled' }, "Value must be one of ['ACTIVE', 'DISABLED']."],
    [{ status: 0 }, "Invalid value 0 for parameter 'status' supplied:"],
    [{ secret: { a: 1 } }, "Value was of type 'dict'."],
    [{ description: 'a\u0000b' }, 'Value holds characters that no text can hold.'],
  ];

  it.each(badValues)('takes no %j', async (fields, message) => {
    const asked = { name: 'hook', url, events: [promptCreated], ...fields };
    expect(await server.mlflow('POST', 'webhooks', asked)).toMatchObject(refusal(message));
    const webhook = await created();
    const changes = { description: 'also', ...fields };
    const answer = await server.mlflow('PATCH', `webhooks/${webhook.webhook_id}`, changes);
    expect(answer).toMatchObject(refusal(message));
    expect(await read(webhook.webhook_id)).toEqual(webhook);
  });

  it.each([
    ['max_results=-1', 'max_results must be between 1 and 1000.'],
    ['max_results=1001', 'max_results must be between 1 and 1000.'],
    ['max_results=x', 'Invalid value "x" for parameter \'max_results\' supplied:'],
    ['page_token=xx', 'Invalid page token, could not base64-decode'],
    ['page_token=eyJvZmZzZXQiOiAxfQ==', 'Invalid page token, offsets are not supported'],
  ])('lists none for %s', async (query, message) => {
    expect(await server.mlflow('GET', `webhooks?${query}`)).toMatchObject(refusal(message));
  });

  it.each(['{"name": ', '[1]', '"x"', 'null', ''])('creates none from %j', async (text) => {
    expect(await server.mlflow('POST', 'webhooks', text)).toMatchObject({ status: 400 });
  });

  it('creates none from a form', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await server.mlflow('POST', 'webhooks', 'name=hook', headers)).toMatchObject({ status: 400 });
  });

  it('says which methods there are', async () => {
    const { webhook_id } = await created();
    const { status, headers } = await server.mlflow('PUT', `webhooks/${webhook_id}`, {});
    expect({ status, allow: headers.get('allow') }).toEqual({
      status: 405,
      allow: expect.stringContaining('PATCH'),
    });
  });

  it('serves no workspaces', async () => {
    const headers = { 'x-mlflow-workspace': 'team' };
    const { status, body } = await server.mlflow('GET', 'webhooks', undefined, headers);
    expect({ status, code: body['error_code'] }).toEqual({ status: 400, code: 'FEATURE_DISABLED' });
  });

  it('are shown by the native API with the events that they name', async () => {
    const { webhook_id } = await created();
    const { body } = await server.send('GET', `/api/v1/webhooks/${webhook_id}`);
    const { mlflowEvents, format } = body['webhook'] as unknown as {
      mlflowEvents: string[];
      format: string;
    };
    const events = mlflowEvents.map((event) => {
      const [entity = '', action = ''] = event.toUpperCase().split('.');
      return { entity, action };
    });
    expect({ format, events }).toEqual({ format: 'mlflow', events: (await read(webhook_id)).events });
  });

  describe('that the native API has made', () => {
    const native = async (fields: object) => {
      const { status, body } = await server.send('POST', '/api/v1/webhooks', {
        name: 'a name',
        url,
        ...fields,
      });
      expect(status).toBe(201);
      return (body['webhook'] ?? body) as unknown as { id: string };
    };

    it('in another format are not known', async () => {
      const { id } = await native({ format: 'cloudevents' });
      expect((await listed('max_results=1000')).ids).not.toContain(id);
      for (const [method, path] of calls(id)) {
        expect(await server.mlflow(method, path, method === 'GET' ? undefined : {})).toMatchObject(
          notFound(id),
        );
      }
    });

    it("in MLflow's are known with the events that their filter lets through", async () => {
      const types = [
        'io.annals.registry.version.stage_transitioned.v1',
        'io.annals.registry.version.created.v1',
      ];
      const { id } = await native({ format: 'mlflow', filter: { types } });
      expect((await read(id)).events).toEqual([
        versionCreated,
        { entity: 'PROMPT_VERSION', action: 'CREATED' },
      ]);
    });
  });
});
