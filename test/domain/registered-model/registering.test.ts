import { describe, expect, it } from '@jest/globals';
import { NameClaimClosedError } from '../../../src/domain/registered-model/errors.js';
import { unregistered } from '../../../src/domain/registered-model/registered-model.js';
import { Versions } from '../../../src/domain/registered-model/versions.js';
import {
  at,
  command,
  deleted,
  forfeited,
  given,
  iris,
  noon,
  registered,
} from '../../support/registered-model-words.js';

describe('a model', () => {
  it('is registered under a claim to its name', () =>
    given()
      .when(command('RegisterModel', { claimId: 'claim-7' }))
      .thenEvents(registered({ claimId: 'claim-7' })));

  it('is registered with its description and tags', () => {
    const said = { description: 'Petals.', tags: [{ key: 'team', value: 'botany' }] };
    given().when(command('RegisterModel', said)).thenEvents(registered(said));
  });

  it('happens to be registered at the time of the command', () =>
    given()
      .when(at(7, command('RegisterModel')))
      .thenEvents(at(7, iris)));

  it('begins without versions and aliases', () =>
    given(registered({ description: 'Petals.', tags: [{ key: 'team', value: 'botany' }] })).thenState({
      status: 'live',
      name: 'iris',
      description: 'Petals.',
      createdAt: noon,
      updatedAt: noon,
      tags: new Map([['team', 'botany']]),
      aliases: new Map(),
      versions: Versions.none,
    }));

  it('has the last of two values that it was registered with for the same tag', () =>
    given(
      registered({
        tags: [
          { key: 'team', value: 'botany' },
          { key: 'team', value: 'zoology' },
        ],
      }),
    ).thenState({ tags: new Map([['team', 'zoology']]) }));

  it('has used up its claim', () => given(iris).thenState({ closedClaims: new Set(['claim-1']) }));

  it('cannot be registered under a claim that it has forfeited', () =>
    given(forfeited('claim-1'))
      .when(command('RegisterModel', { claimId: 'claim-1' }))
      .thenThrows(new NameClaimClosedError('claim-1')));

  it('can be registered under another claim then', () =>
    given(forfeited('claim-1'))
      .when(command('RegisterModel', { claimId: 'claim-2' }))
      .thenEvents(registered({ claimId: 'claim-2' })));

  it.each([
    ['lives', [iris]],
    ['was deleted', [iris, deleted()]],
  ])('is never registered in the stream of one that %s', (_, history) =>
    given(...history)
      .when(command('RegisterModel', { claimId: 'claim-2' }))
      .thenThrows(new Error('The stream of iris holds a registered model already')),
  );
});

it('is no model yet that has nothing but a forfeited claim', () =>
  given(forfeited('claim-1')).thenState({ status: 'unregistered', closedClaims: new Set(['claim-1']) }));

it('leaves the beginning of all models as it is', () => {
  given(forfeited('claim-1'), registered({ claimId: 'claim-2' })).thenState({ status: 'live' });
  expect(unregistered).toEqual({ status: 'unregistered', closedClaims: new Set() });
});
