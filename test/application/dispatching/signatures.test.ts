import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { liveSecrets } from '../../../src/application/dispatching/live-secrets.js';
import { mlflowHeaders } from '../../../src/application/dispatching/mlflow-signature.js';
import { standardWebhooksHeaders } from '../../../src/application/dispatching/standard-webhooks-signature.js';
import { SecretBox } from '../../../src/application/ports/secret-box.js';
import { secretOf } from '../../../src/domain/webhook/secret.js';

const now = Math.floor(Date.now() / 1_000);
const content = { id: 'w-1_n-1', timestamp: now, body: '{"comment":"schöner als zuvor"}' };
const newSecret = () => secretOf(randomBytes(32));

/** Turns texts around, so that a test sees whether they were opened. */
class Reversing extends SecretBox {
  override seal = (plain: string) => Array.from(plain).toReversed().join('');
  override open = (sealed: string) => this.seal(sealed);
}

describe('a signature of Standard Webhooks', () => {
  it('is what the public package makes', () => {
    const secret = newSecret();
    expect(standardWebhooksHeaders(content, [secret])).toEqual({
      'webhook-id': content.id,
      'webhook-timestamp': String(now),
      'webhook-signature': new Webhook(secret).sign(content.id, new Date(now * 1_000), content.body),
    });
  });

  it('is accepted by whoever has any of the live secrets, and by nobody who has one that is past', () => {
    const [newest, before, past] = [newSecret(), newSecret(), newSecret()];
    const box = new Reversing();
    const secrets = [
      { sealed: box.seal(newest), until: null },
      { sealed: box.seal(before), until: now * 1_000 + 1 },
      { sealed: box.seal(past), until: now * 1_000 },
    ];
    const headers = standardWebhooksHeaders(content, liveSecrets(secrets, now * 1_000, box));
    expect(new Webhook(newest).verify(content.body, headers)).toEqual(JSON.parse(content.body));
    expect(new Webhook(before).verify(content.body, headers)).toEqual(JSON.parse(content.body));
    expect(() => new Webhook(past).verify(content.body, headers)).toThrow('No matching signature found');
  });

  it.each([
    ['another body', { body: `${content.body} ` }],
    ['another id', { id: 'w-1_n-2' }],
    ['another time', { timestamp: now + 1 }],
  ])('does not fit %s', (_, other) => {
    const secret = newSecret();
    const headers = standardWebhooksHeaders({ ...content, ...other }, [secret]);
    const forged = {
      ...standardWebhooksHeaders(content, [secret]),
      'webhook-signature': headers['webhook-signature'] ?? '',
    };
    expect(() => new Webhook(secret).verify(content.body, forged)).toThrow('No matching signature found');
  });

  it('is not there without a secret', () =>
    expect(Object.keys(standardWebhooksHeaders(content, []))).toEqual(['webhook-id', 'webhook-timestamp']));

  it('is keyed with the text itself when that is a secret of MLflow', () => {
    const headers = standardWebhooksHeaders(content, ['my secret']);
    expect(new Webhook('my secret', { format: 'raw' }).verify(content.body, headers)).toBeTruthy();
  });
});

describe("a signature of MLflow's", () => {
  const underStandardNames = (headers: Record<string, string>) => ({
    'webhook-id': headers['x-mlflow-delivery-id'] ?? '',
    'webhook-timestamp': headers['x-mlflow-timestamp'] ?? '',
    'webhook-signature': headers['x-mlflow-signature'] ?? '',
  });

  it.each([['my-secret'], [newSecret()], ['pässword']])('is keyed with the text of %s', (secret) => {
    const headers = underStandardNames(mlflowHeaders(content, [secret]));
    const key = new TextEncoder().encode(secret);
    expect(new Webhook(key, { format: 'raw' }).verify(content.body, headers)).toEqual(
      JSON.parse(content.body),
    );
  });

  it('is that of the newest secret alone', () =>
    expect(mlflowHeaders(content, ['new', 'old'])).toEqual(mlflowHeaders(content, ['new'])));

  it('is not there without a secret', () =>
    expect(Object.keys(mlflowHeaders(content, []))).toEqual(['x-mlflow-delivery-id', 'x-mlflow-timestamp']));
});
