import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { incident, untilNoticed } from '../../support/native/fraud-incident.js';
import { as, startNativeServer } from '../../support/native/native-server.js';
import type { NativeServer } from '../../support/native/native-server.js';

let server: NativeServer;

beforeAll(async () => {
  server = await startNativeServer({ ANNALS_WEBHOOK_ALLOW: '127.0.0.1' });
  await untilNoticed(server);
});

afterAll(() => server.close());

interface Entry {
  readonly position: number;
  readonly eventId: string;
  readonly recordedAt: string;
  readonly text: string;
}

const settings = { name: 'deployer', url: 'http://ops:hunter2@127.0.0.1:9/hook', status: 'paused' };

const controlPlane = async (query = '') => {
  const path = `/audit?category=control-plane&order=oldestFirst${query}`;
  return (await server.all(path)) as readonly Entry[];
};
const texts = (entries: readonly Entry[]) => entries.map(({ text }) => text);

/** What the native API says about models, but for as of when it is. */
async function aboutModels(): Promise<unknown> {
  const { path } = incident;
  const asked = [
    '/models',
    `/models/${path}`,
    `/models/${path}/versions`,
    '/stages',
    '/audit?category=registry',
    `/audit?subject=${path}`,
    '/audit/production-changes',
    '/audit/post-production-edits',
    '/audit/deletions',
    '/events?limit=1000',
  ];
  const answers = await Promise.all(asked.map((one) => server.get(one)));
  return answers.map(({ status, headers, body }) => {
    const held = (body.items as object[] | undefined)?.map((item) => ({ ...item, milliseconds: null }));
    return [status, headers.get('etag'), held ?? body.model, body.count];
  });
}

describe('what is done to those who are told', () => {
  it('changes no answer about models', async () => {
    const before = await aboutModels();
    await server.post('/webhooks', settings, as('ana'));
    await server.put('/consumers/loader', { startFrom: 'beginning' }, as('ana'));
    expect(await aboutModels()).toEqual(before);
  });

  it('is in the audit trail at once, by whom and to whom, without a secret', async () => {
    const made = await server.post('/webhooks', { ...settings, name: 'pager' }, as('ana'));
    const { id } = made.body.webhook as { id: string };
    const [last] = (await controlPlane('&type=WebhookCreated')).slice(-1);
    expect(last).toMatchObject({
      text: 'ana created the webhook pager for http://***@127.0.0.1:9/hook',
      subscriber: { kind: 'webhook', id, name: 'pager' },
      model: { id: null, name: null },
      after: { signed: true, status: 'paused' },
    });
    await server.patch(`/webhooks/${id}`, { name: 'siren' }, as('ben'));
    await server.post(`/webhooks/${id}/rotate-secret`, {}, as('ben'));
    await server.delete(`/webhooks/${id}`, undefined, as('ben'));
    expect(texts(await controlPlane('&actor=ben'))).toEqual([
      'ben renamed the webhook pager to siren',
      'ben rotated the secret of the webhook siren',
      'ben deleted the webhook siren',
    ]);
    const exported = await server.get('/audit?category=control-plane&format=ndjson');
    expect(exported.text).not.toMatch(/hunter2|whsec|"secret"/);
  });

  it('is found by its id, and in a window of time', async () => {
    const entries = await controlPlane();
    const [first] = entries;
    const { body } = await server.get(`/audit/${first?.eventId}`);
    expect(body.entry).toEqual(first);
    const to = new Date(Date.parse(entries.at(-1)?.recordedAt ?? '') + 1).toISOString();
    while (Date.now() <= Date.parse(to)) await new Promise(setImmediate);
    expect(await controlPlane(`&from=${first?.recordedAt}&to=${to}`)).toEqual(entries);
  });

  it('can be asked as of any of its positions', async () => {
    for (const { position } of await controlPlane()) {
      const { body } = await server.get(`/stages?asOf=position:${position}`);
      expect(body.asOf.position).toBe(position);
      expect(body.items).not.toEqual([]);
    }
  });
});
