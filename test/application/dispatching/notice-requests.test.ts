import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { HTTP } from 'cloudevents';
import type { CloudEvent as ParsedEvent } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { NoticeRequests } from '../../../src/application/dispatching/notice-requests.js';
import { isAboutPrompt } from '../../../src/application/notices/about-prompt.js';
import { Envelopes } from '../../../src/application/notices/envelopes.js';
import type { Notice } from '../../../src/application/notices/notice.js';
import { everyNotice } from '../../../src/domain/notices/notice-filter.js';
import type { WebhookFormat } from '../../../src/domain/webhook/events.js';
import type { MlflowEvent } from '../../../src/domain/webhook/mlflow-events.js';
import { secretOf } from '../../../src/domain/webhook/secret.js';
import { AesSecretBox } from '../../../src/infrastructure/webhooks/aes-secret-box.js';
import { randomKey } from '../../../src/infrastructure/webhooks/secrets-key-file.js';
import type { Fact } from '../../support/recorded-events.js';
import { noticed, ordinary } from '../notices/noticed.js';

const name = 'frañd "100 %" 🌱';
const now = Date.now();
const box = new AesSecretBox([randomKey()]);
const secret = secretOf(randomBytes(32));

const registered: Fact = {
  type: 'ModelRegistered',
  data: { name, claimId: 'c', description: '', tags: [] },
};
const described: Fact = { type: 'ModelDescribed', data: { description: 'größer – 更大' } };
const { notices, past } = noticed(
  [registered, described].map((fact) => [ordinary, fact] as const),
  now,
);
const [creation, description] = notices as [Notice, Notice];

const envelopes = new Envelopes('/registries/test');
const requests = new NoticeRequests(envelopes, isAboutPrompt(past), box, { now: () => now });

function webhook(
  format: WebhookFormat,
  secrets = [{ sealed: box.seal(secret), until: null as number | null }],
) {
  return { id: 'w-1', url: 'https://hooks.test/', format, filter: everyNotice, secrets };
}

/** Who did it has a name that no header can hold. */
const named = (notice: Notice, id: string): Notice => ({
  ...notice,
  entry: { ...notice.entry, actor: { type: 'user', id } as Notice['entry']['actor'] },
});

describe('a notice as a request', () => {
  it('is a CloudEvent in structured mode, as the public package reads it', () => {
    const { headers, body } = requests.requestOf(description, webhook('cloudevents'), 1, null);
    expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    const event = HTTP.toEvent({ headers, body }) as ParsedEvent;
    expect(event.validate()).toBe(true);
    expect(JSON.parse(event.toString())).toEqual(JSON.parse(JSON.stringify(envelopes.of(description))));
    expect(event.data).toMatchObject({ model: name });
  });

  it('is a CloudEvent in binary mode, as the public package reads it', () => {
    const notice = named(description, 'Zoë "100 %" 🌱');
    const { headers, body } = requests.requestOf(notice, webhook('cloudevents-binary'), 1, null);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['ce-authid']).toBe('Zo%C3%AB%20%22100%20%25%22%20%F0%9F%8C%B1');
    const event = HTTP.toEvent({ headers, body }) as ParsedEvent;
    const { data, ...attributes } = envelopes.of(notice);
    expect(event.data).toEqual(JSON.parse(JSON.stringify(data)));
    // The package leaves the percent-encoding of the binding to its users.
    expect(decodeURIComponent(String(event['authid']))).toBe(attributes.authid);
    expect(decodeURIComponent(event.subject ?? '')).toBe(attributes.subject);
    for (const attribute of ['id', 'source', 'type', 'sequence', 'partitionkey', 'dataschema'] as const) {
      expect(event[attribute]).toBe(attributes[attribute]);
    }
  });

  it("is MLflow's payload with MLflow's headers besides", () => {
    const { headers, body } = requests.requestOf(creation, webhook('mlflow'), 1, null);
    expect(JSON.parse(body)).toMatchObject({ entity: 'registered_model', action: 'created', data: { name } });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-mlflow-delivery-id': expect.stringMatching(
        /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
      ),
      'x-mlflow-timestamp': headers['webhook-timestamp'],
      'x-mlflow-signature': expect.stringMatching(/^v1,/),
    });
  });

  it('cannot be told where MLflow has no words', () => {
    expect(requests.canTell(creation, webhook('mlflow'))).toBe(true);
    expect(requests.canTell(description, webhook('mlflow'))).toBe(false);
    expect(requests.canTell(description, webhook('cloudevents'))).toBe(true);
  });

  it('is not told to a webhook that names other events of MLflow', () => {
    const naming = (...mlflowEvents: MlflowEvent[]) => ({ ...webhook('mlflow'), mlflowEvents });
    expect(requests.canTell(creation, naming('prompt.created', 'registered_model.created'))).toBe(true);
    expect(requests.canTell(creation, naming('prompt.created'))).toBe(false);
  });

  it("has one id of MLflow's however often it is told, and another one for another webhook", () => {
    const idFor = (id: string, attempt: number, redelivery: string | null) =>
      requests.requestOf(creation, { ...webhook('mlflow'), id }, attempt, redelivery).headers[
        'x-mlflow-delivery-id'
      ];
    expect(idFor('w-1', 2, null)).toBe(idFor('w-1', 1, null));
    expect(idFor('w-1', 1, 'event-1')).toBe(idFor('w-1', 1, null));
    expect(idFor('w-2', 1, null)).not.toBe(idFor('w-1', 1, null));
  });

  it.each(['cloudevents', 'cloudevents-binary', 'mlflow'] as const)(
    'in the format %s is signed as the public package verifies',
    (format) => {
      const { headers, body } = requests.requestOf(creation, webhook(format), 1, null);
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual(JSON.parse(body));
      expect(headers['webhook-timestamp']).toBe(String(Math.floor(now / 1_000)));
    },
  );

  it('is signed with every secret that is live when it is sent', () => {
    const [newest, past] = [secretOf(randomBytes(32)), secretOf(randomBytes(32))];
    const secrets = [
      { sealed: box.seal(newest), until: null },
      { sealed: box.seal(secret), until: now + 1 },
      { sealed: box.seal(past), until: now },
    ];
    const { headers, body } = requests.requestOf(creation, webhook('cloudevents', secrets), 1, null);
    for (const live of [newest, secret]) {
      expect(new Webhook(live).verify(body, headers as Record<string, string>)).toBeTruthy();
    }
    expect(() => new Webhook(past).verify(body, headers as Record<string, string>)).toThrow();
  });

  it('has the same id and body each time that it is told, and says which time it is', () => {
    const [first, again, asked] = [
      requests.requestOf(creation, webhook('cloudevents'), 1, null),
      requests.requestOf(creation, webhook('cloudevents'), 2, null),
      requests.requestOf(creation, webhook('cloudevents'), 1, 'event-1'),
    ];
    for (const later of [again, asked]) {
      expect(later.headers['webhook-id']).toBe(first.headers['webhook-id']);
      expect(later.body).toBe(first.body);
    }
    expect([first, again, asked].map(({ headers }) => headers['annals-attempt'])).toEqual(['1', '2', '1']);
    expect([first, again, asked].map(({ headers }) => headers['annals-redelivery'])).toEqual([
      undefined,
      undefined,
      'true',
    ]);
  });

  it('has another id for another webhook, and none with a full stop', () => {
    const derived = { ...creation, id: `${creation.id}.production` };
    const ids = [creation, derived].flatMap((notice) =>
      ['w-1', 'w-2'].map(
        (id) => requests.requestOf(notice, { ...webhook('cloudevents'), id }, 1, null).headers['webhook-id'],
      ),
    );
    expect(new Set(ids).size).toBe(4);
    expect(ids.join(' ')).not.toContain('.');
  });

  it('of a test has an id of its own, and says that it is one', () => {
    const content = requests.contentOf(creation, webhook('cloudevents'));
    if (content === undefined) throw new Error('CloudEvents have words for everything');
    const sample = requests.sampleRequestOf(content, webhook('cloudevents'));
    expect(sample.headers['webhook-id']).toMatch(/^w-1_test_/);
    expect(sample.headers['annals-test']).toBe('true');
    expect(requests.requestOf(creation, webhook('cloudevents'), 1, null).headers).not.toHaveProperty(
      'annals-test',
    );
    expect(sample.body).toBe(requests.requestOf(creation, webhook('cloudevents'), 1, null).body);
  });
});
