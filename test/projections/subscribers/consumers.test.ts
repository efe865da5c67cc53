import { describe, expect, it } from '@jest/globals';
import { consumerStream } from '../../../src/application/history/consumer-codec.js';
import { everyNotice } from '../../../src/domain/notices/notice-filter.js';
import { SqliteConsumersReader } from '../../../src/projections/subscribers/consumers.reader.js';
import {
  acknowledged,
  created,
  deleted,
  noon,
  paused,
  resumed,
  sought,
} from '../../support/consumer-words.js';
import { SubscriberHistory } from './subscribers-spec.js';

type Facts = Parameters<SubscriberHistory['of']>[1][];

/** What is read after something has happened to consumers. */
function after(...history: readonly (readonly [name: string, ...Facts])[]): SqliteConsumersReader {
  const recorded = new SubscriberHistory();
  for (const [name, ...facts] of history) recorded.of(consumerStream(name), ...facts);
  return new SqliteConsumersReader(recorded.tables);
}

describe('a consumer', () => {
  it('is shown with its place', () =>
    expect(after(['deployer', created()]).consumer('deployer')).toEqual({
      name: 'deployer',
      description: null,
      filter: everyNotice,
      checkpoint: 10,
      paused: false,
      createdAt: noon,
      acknowledgedAt: null,
      revision: 0,
    }));

  it.each([
    ['acknowledged', [acknowledged(20)], { checkpoint: 20, acknowledgedAt: noon, revision: 1 }],
    ['sought', [acknowledged(20), sought(20, 5)], { checkpoint: 5, revision: 2 }],
    ['paused', [paused], { paused: true }],
    ['resumed', [paused, resumed], { paused: false, revision: 2 }],
  ])('is shown as it was %s', (_, facts, expected) =>
    expect(after(['deployer', created(), ...facts]).consumer('deployer')).toMatchObject(expected),
  );

  it('is gone when it was deleted, and may come again', () => {
    expect(after(['deployer', created(), deleted]).consumer('deployer')).toBeUndefined();
    expect(
      after(['deployer', created(), acknowledged(20), deleted, created({ after: 3 })]).consumer('deployer'),
    ).toMatchObject({ checkpoint: 3, acknowledgedAt: null, revision: 3 });
  });

  it('that there never was is not there', () => expect(after().consumer('deployer')).toBeUndefined());
});

it('all consumers are listed by name', () =>
  expect(
    after(['b', created({ name: 'b' })], ['a', created({ name: 'a' })], ['B', created({ name: 'B' })])
      .all()
      .map(({ name }) => name),
  ).toEqual(['B', 'a', 'b']));
