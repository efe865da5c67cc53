import { describe, expect, it } from '@jest/globals';
import { consumerName } from '../../../src/domain/consumer/name.js';
import { everyNotice } from '../../../src/domain/notices/notice-filter.js';
import {
  acknowledged,
  command,
  commandTypes,
  created,
  deleted,
  given,
  noon,
  paused,
  resumed,
  sought,
} from '../../support/consumer-words.js';

const toProduction = { ...everyNotice, to: 'Production' as const };

describe('a consumer', () => {
  it('is created at the place where it is to start', () =>
    given()
      .when(command('CreateConsumer', { description: 'Deploys.', filter: toProduction, after: 7 }))
      .thenEvents(created({ description: 'Deploys.', filter: toProduction, after: 7 })));

  it('that is created again as it is stays as it is, wherever that would start', () =>
    given(created({ filter: toProduction }), acknowledged(20))
      .when(command('CreateConsumer', { filter: { ...toProduction }, after: 90 }))
      .thenNothing());

  it.each([
    ['a description', { description: 'Deploys.' }],
    ['a filter', { filter: toProduction }],
  ])('cannot be created again with %s that differs', (_, said) =>
    given(created())
      .when(command('CreateConsumer', said))
      .thenRefused(
        'RESOURCE_ALREADY_EXISTS',
        'Consumer deployer already exists with another description or filter. Delete it first: its checkpoint goes ' +
          'with it.',
      ),
  );

  it('is deleted, and its name is free for another one', () => {
    given(created()).when(command('DeleteConsumer')).thenEvents(deleted);
    given(created(), acknowledged(20), deleted)
      .when(command('CreateConsumer', { filter: toProduction, after: 30 }))
      .thenState({ checkpoint: 30, filter: toProduction, acknowledgedAt: null });
  });

  it.each(commandTypes.filter((type) => type !== 'CreateConsumer'))(
    'that is not there, or not any more, cannot be asked to %s',
    (type) => {
      const message = 'Consumer deployer not found';
      given().when(command(type)).thenRefused('RESOURCE_DOES_NOT_EXIST', message);
      given(created(), deleted).when(command(type)).thenRefused('RESOURCE_DOES_NOT_EXIST', message);
    },
  );

  it('is paused and resumed, and twice is the same as once', () => {
    given(created()).when(command('PauseConsumer')).thenEvents(paused);
    given(created(), paused).when(command('PauseConsumer')).thenNothing();
    given(created(), paused).when(command('ResumeConsumer')).thenEvents(resumed);
    given(created(), paused, resumed).when(command('ResumeConsumer')).thenNothing();
  });

  it('keeps its place while it is paused, and takes what was read before', () =>
    given(created(), paused)
      .when(command('AcknowledgeNotices', { position: 20 }))
      .thenState({ checkpoint: 20, paused: true }));
});

describe('an acknowledgement', () => {
  it('moves the checkpoint', () =>
    given(created())
      .when(command('AcknowledgeNotices', { position: 20 }))
      .thenEvents(acknowledged(20)));

  it('is remembered with its time', () =>
    given(created(), acknowledged(20)).thenState({ checkpoint: 20, acknowledgedAt: noon }));

  it.each([5, 10, 20])('of what has been dealt with already, as %d is, changes nothing', (position) =>
    given(created({ after: 10 }), acknowledged(20))
      .when(command('AcknowledgeNotices', { position }))
      .thenNothing(),
  );

  it('of what was read before somebody sought back is refused, if it says where it was read from', () => {
    given(created(), acknowledged(50), sought(50, 20))
      .when(command('AcknowledgeNotices', { position: 60, after: 50 }))
      .thenRefused(
        'RESOURCE_CONFLICT',
        'Consumer deployer was put back to 20 since its notices after 50 were read: read on from there.',
      );
    given(created(), acknowledged(50), sought(50, 20))
      .when(command('AcknowledgeNotices', { position: 60, after: 20 }))
      .thenEvents(acknowledged(60));
  });

  it('may overtake that of another worker, which had read the same', () =>
    given(created({ after: 10 }), acknowledged(15))
      .when(command('AcknowledgeNotices', { position: 20, after: 10 }))
      .thenEvents(acknowledged(20)));
});

describe('seeking', () => {
  it.each([0, 5, 70, 100])('goes to %d, back or forth', (position) =>
    given(created({ after: 10 }))
      .when(command('SeekConsumer', { position }))
      .thenEvents(sought(10, position)),
  );

  it('to where it is changes nothing', () =>
    given(created({ after: 10 }))
      .when(command('SeekConsumer', { position: 10 }))
      .thenNothing());
});

describe('the name of a consumer', () => {
  it.each(['a', 'deployer', 'team-a.deployer_2', 'A'.repeat(128), '...'])('may be %s', (name) =>
    expect(consumerName(name)).toBe(name),
  );

  it.each(['', '.', '..', 'a b', 'a/b', 'é', 'a\n', 'A'.repeat(129)])('cannot be %j', (name) =>
    expect(() => consumerName(name)).toThrow(
      'A consumer is called by 1 to 128 letters, digits, dots, underscores and hyphens, and not by . or .. alone.',
    ),
  );
});
