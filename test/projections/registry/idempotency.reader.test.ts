import { describe, expect, it } from '@jest/globals';
import { registeredModelStream } from '../../../src/application/history/registered-model-codec.js';
import { consumerStream } from '../../../src/application/history/consumer-codec.js';
import { webhookStream } from '../../../src/application/history/webhook-codec.js';
import { Given, registered, registryAfter, versionCreated } from './registry-spec.js';

describe('the idempotency register', () => {
  const idempotency = { key: 'k', fingerprint: 'f' };

  it('knows the event that answered a request, of whatever type', () => {
    const { requests } = new Given()
      .of('m', registered('iris'))
      .at(2, 'm', { type: 'NothingChanged', data: {} }, { idempotency }).registry;

    expect(requests.find('k')).toEqual({ fingerprint: 'f', stream: registeredModelStream('m'), revision: 1 });
  });

  it('knows no other key', () => {
    const { requests } = new Given().of('m', registered('iris')).registry;

    expect(requests.find('k')).toBeUndefined();
  });

  it('keeps the first answer', () => {
    const { requests } = new Given()
      .at(1, 'a', registered('iris'), { idempotency })
      .at(2, 'b', registered('rose'), { idempotency: { key: 'k', fingerprint: 'other' } }).registry;

    expect(requests.find('k')).toMatchObject({ fingerprint: 'f', stream: registeredModelStream('a') });
  });

  it('keeps it when the model is deleted', () => {
    const { requests } = new Given()
      .of('m', registered('iris'))
      .at(2, 'm', versionCreated(1), { idempotency })
      .of('m', { type: 'ModelDeleted', data: { name: 'iris' } }).registry;

    expect(requests.find('k')).toMatchObject({ revision: 1 });
  });

  it.each([webhookStream('w'), consumerStream('c')])('knows what was answered in %s, too', (stream) => {
    const { events } = new Given().at(1, 'm', registered('iris'), { idempotency }).history;
    const [event] = events.map((one) => ({ ...one, stream, revision: 4, type: 'Anything' }));
    const { requests } = registryAfter(event ? [event] : []);

    expect(requests.find('k')).toEqual({ fingerprint: 'f', stream, revision: 4 });
  });
});
