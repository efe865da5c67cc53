import { describe, it } from '@jest/globals';
import { NameClaimClosedError } from '../../../src/domain/registered-model/errors.js';
import { Versions } from '../../../src/domain/registered-model/versions.js';
import {
  aliasSet,
  command,
  forfeited,
  given,
  iris,
  noon,
  renamed,
  tagSet,
  version,
} from '../../support/registered-model-words.js';

describe('renaming a model', () => {
  it('gives it the name under the claim to it', () =>
    given(iris)
      .when(command('RenameModel', { newName: 'lily', claimId: 'claim-2' }))
      .thenEvents(renamed('iris', 'lily', 'claim-2')));

  it('is on record also when it keeps its name, which needs no claim', () =>
    given(iris)
      .when(command('RenameModel', { newName: 'iris', claimId: null }))
      .thenEvents(renamed('iris', 'iris', null)));

  it('takes no other name without a claim', () =>
    given(iris)
      .when(command('RenameModel', { newName: 'lily', claimId: null }))
      .thenThrows(new Error('iris cannot become lily without a claim to that name')));

  it('takes no name under a claim that was forfeited', () =>
    given(iris, forfeited('claim-2', 'lily'))
      .when(command('RenameModel', { newName: 'lily', claimId: 'claim-2' }))
      .thenThrows(new NameClaimClosedError('claim-2')));

  it('takes no name twice under the same claim', () =>
    given(iris, renamed('iris', 'lily', 'claim-2'), renamed('lily', 'iris', 'claim-3'))
      .when(command('RenameModel', { newName: 'lily', claimId: 'claim-2' }))
      .thenThrows(new NameClaimClosedError('claim-2')));

  it('uses up the claim', () =>
    given(iris, renamed('iris', 'lily', 'claim-2')).thenState({
      closedClaims: new Set(['claim-1', 'claim-2']),
    }));

  it('uses up none when the name stays', () =>
    given(iris, renamed('iris', 'iris', null)).thenState({ closedClaims: new Set(['claim-1']) }));

  it('takes versions, tags and aliases along', () =>
    given(iris, version(1), tagSet('team', 'botany'), aliasSet('champion', 1))
      .when(command('RenameModel', { newName: 'lily' }))
      .thenState({
        name: 'lily',
        tags: new Map([['team', 'botany']]),
        aliases: new Map([['champion', 1]]),
        versions: Versions.of([
          {
            version: 1,
            createdAt: noon,
            updatedAt: noon,
            stage: 'None',
            description: '',
            source: 's3://bucket/model',
            storageLocation: null,
            runId: 'run-1',
            runLink: '',
            loggedModelId: null,
            status: 'READY',
            statusMessage: null,
            tags: new Map(),
            deleted: false,
          },
        ]),
      }));

  it('leaves nothing under the old name', () =>
    given(iris, renamed('iris', 'lily', 'claim-2'))
      .when(command('DescribeModel', { name: 'iris' }))
      .thenRefused('RESOURCE_DOES_NOT_EXIST', 'Registered Model with name=iris not found'));

  it('is found under the new name', () =>
    given(iris, renamed('iris', 'lily', 'claim-2'))
      .when(command('DeleteTag', { name: 'lily' }))
      .thenNothing());
});
