import { describe, it } from '@jest/globals';
import {
  aliasDeleted,
  aliasSet,
  command,
  given,
  iris,
  version,
  versionDeleted,
} from '../../support/registered-model-words.js';

const two = [iris, version(1), version(2)] as const;

describe('an alias', () => {
  it('is pointed to a version', () =>
    given(...two)
      .when(command('SetAlias', { alias: 'champion', version: 1 }))
      .thenEvents(aliasSet('champion', 1)));

  it('is moved to another version, on record with the one it pointed to', () =>
    given(...two, aliasSet('champion', 1))
      .when(command('SetAlias', { alias: 'champion', version: 2 }))
      .thenEvents(aliasSet('champion', 2, 1)));

  it('that points to the version already is left alone', () =>
    given(...two, aliasSet('champion', 1))
      .when(command('SetAlias', { alias: 'champion', version: 1 }))
      .thenNothing());

  it('is not the one in other letters', () =>
    given(...two, aliasSet('champion', 1))
      .when(command('SetAlias', { alias: 'Champion', version: 1 }))
      .thenEvents(aliasSet('Champion', 1)));

  it('may be one of several of a version', () =>
    given(...two, aliasSet('champion', 1), aliasSet('best', 1)).thenState({
      aliases: new Map([
        ['champion', 1],
        ['best', 1],
      ]),
    }));

  it('is deleted', () =>
    given(...two, aliasSet('champion', 1), aliasSet('champion', 2, 1))
      .when(command('DeleteAlias', { alias: 'champion' }))
      .thenEvents(aliasDeleted('champion', 2)));

  it.each(['challenger', 'latest', 'v1'])(
    'that is not there may be deleted, which changes nothing: %s',
    (alias) =>
      given(...two)
        .when(command('DeleteAlias', { alias }))
        .thenNothing(),
  );

  it('points nowhere after its version was deleted', () =>
    given(...two, aliasSet('champion', 1), aliasSet('challenger', 2))
      .when(command('DeleteVersion', { version: 1 }))
      .thenState({ aliases: new Map([['challenger', 2]]) }));

  it('of a deleted version is pointed to another one as a new one', () =>
    given(...two, aliasSet('champion', 1), aliasDeleted('champion', 1), versionDeleted(1))
      .when(command('SetAlias', { alias: 'champion', version: 2 }))
      .thenEvents(aliasSet('champion', 2)));
});
