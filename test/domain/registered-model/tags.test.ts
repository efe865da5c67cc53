import { describe, it } from '@jest/globals';
import {
  command,
  given,
  iris,
  registered,
  tagDeleted,
  tagSet,
  version,
} from '../../support/registered-model-words.js';

describe.each([
  ['a model', null],
  ['a version', 1],
])('a tag of %s', (_, target) => {
  const one = [iris, version(1), version(2)] as const;

  it('is set', () =>
    given(...one)
      .when(command('SetTag', { version: target, key: 'team', value: 'botany' }))
      .thenEvents(tagSet('team', 'botany', target)));

  it('is overwritten', () =>
    given(...one, tagSet('team', 'zoology', target))
      .when(command('SetTag', { version: target, key: 'team', value: 'botany' }))
      .thenEvents(tagSet('team', 'botany', target)));

  it('that has the value already is left alone', () =>
    given(...one, tagSet('team', 'botany', target))
      .when(command('SetTag', { version: target, key: 'team', value: 'botany' }))
      .thenNothing());

  it('may be set to nothing, which is not the same as not being there', () =>
    given(...one)
      .when(command('SetTag', { version: target, key: 'team', value: '' }))
      .thenEvents(tagSet('team', '', target)));

  it('is deleted', () =>
    given(...one, tagSet('team', 'botany', target))
      .when(command('DeleteTag', { version: target, key: 'team' }))
      .thenEvents(tagDeleted('team', target)));

  it.each([
    ['was never set', []],
    ['was deleted', [tagSet('team', 'botany', target), tagDeleted('team', target)]],
  ])('that %s may be deleted, which changes nothing', (_, history) =>
    given(...one, ...history)
      .when(command('DeleteTag', { version: target, key: 'team' }))
      .thenNothing(),
  );

  it('is set again after it was deleted', () =>
    given(...one, tagSet('team', 'botany', target), tagDeleted('team', target))
      .when(command('SetTag', { version: target, key: 'team', value: 'botany' }))
      .thenEvents(tagSet('team', 'botany', target)));
});

describe('tags', () => {
  it('of model and versions do not meet', () =>
    given(iris, version(1), version(2), tagSet('team', 'botany'), tagSet('team', 'botany', 1))
      .when(command('SetTag', { version: 2, key: 'team', value: 'botany' }))
      .thenEvents(tagSet('team', 'botany', 2)));

  it('that a version was created with are its tags', () =>
    given(iris, version(1, { tags: [{ key: 'team', value: 'botany' }] }))
      .when(command('SetTag', { version: 1, key: 'team', value: 'botany' }))
      .thenNothing());

  it('that a model was registered with are its tags', () =>
    given(registered({ tags: [{ key: 'team', value: 'botany' }] }))
      .when(command('DeleteTag', { key: 'team' }))
      .thenEvents(tagDeleted('team')));
});
