import { describe, expect, it } from '@jest/globals';
import {
  consumerFromSnapshot,
  consumerToSnapshot,
} from '../../../src/application/history/consumer-snapshot.js';
import { consumerStream, decodeConsumerEvent } from '../../../src/application/history/consumer-codec.js';
import { UnknownEventTypeError } from '../../../src/application/history/registered-model-codec.js';
import type { Consumer } from '../../../src/domain/consumer/consumer.js';
import { absent } from '../../../src/domain/consumer/consumer.js';
import { evolve } from '../../../src/domain/consumer/evolve.js';
import { acknowledged, created } from '../../support/consumer-words.js';

const recorded = {
  id: 'event-1',
  type: 'ConsumerAcknowledged',
  data: { position: 20 },
  metadata: { happenedAt: '2026-01-01T12:00:00.000Z' },
  stream: consumerStream('deployer'),
  revision: 1,
  position: 21,
  recordedAt: 0,
};

describe('an event in the stream of a consumer', () => {
  it('is read with the time at which it happened', () =>
    expect(decodeConsumerEvent(recorded)).toEqual(acknowledged(20)));

  it('of a type that a newer version wrote is refused', () =>
    expect(() => decodeConsumerEvent({ ...recorded, type: 'constructor' })).toThrow(UnknownEventTypeError));
});

describe('the snapshot of a consumer', () => {
  it.each<readonly [string, Consumer]>([
    ['is there', [created(), acknowledged(20)].reduce<Consumer>(evolve, absent)],
    ['is not', absent],
  ])('that %s is read back as it was', (_, consumer) =>
    expect(consumerFromSnapshot(JSON.parse(JSON.stringify(consumerToSnapshot(consumer))))).toEqual(consumer),
  );

  it('of another shape is not used', () =>
    expect(consumerFromSnapshot({ ...consumerToSnapshot(absent), shape: 0 })).toBeUndefined());
});
