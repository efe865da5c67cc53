import { describe, expect, it } from '@jest/globals';
import { evolve } from '../../../src/domain/registered-model/evolve.js';
import { unregistered } from '../../../src/domain/registered-model/registered-model.js';
import type { RegisteredModel } from '../../../src/domain/registered-model/registered-model.js';
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

  it('are all of those that were set and not deleted', () => {
    const of = (target: number | null) => [
      tagSet(`a of ${target}`, '1', target),
      tagSet(`b of ${target}`, '2', target),
      tagSet(`c of ${target}`, '3', target),
      tagDeleted(`b of ${target}`, target),
    ];
    const model = [iris, version(1), version(2), ...of(null), ...of(1)].reduce<RegisteredModel>(
      evolve,
      unregistered,
    );
    expect(model).toMatchObject({
      tags: new Map([
        ['a of null', '1'],
        ['c of null', '3'],
      ]),
    });
    expect(model.status === 'live' && [...model.versions].map(({ tags }) => tags)).toEqual([
      new Map([
        ['a of 1', '1'],
        ['c of 1', '3'],
      ]),
      new Map(),
    ]);
  });

  it('that a version was created with are its tags', () =>
    given(iris, version(1, { tags: [{ key: 'team', value: 'botany' }] }))
      .when(command('SetTag', { version: 1, key: 'team', value: 'botany' }))
      .thenNothing());

  it('that a model was registered with are its tags', () =>
    given(registered({ tags: [{ key: 'team', value: 'botany' }] }))
      .when(command('DeleteTag', { key: 'team' }))
      .thenEvents(tagDeleted('team')));
});
