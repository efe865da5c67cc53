import { describe, it } from '@jest/globals';
import {
  aliasDeleted,
  aliasSet,
  command,
  given,
  iris,
  moved,
  statusChanged,
  version,
  versionDeleted,
  versionDescribed,
} from '../../support/registered-model-words.js';

describe('creating a version', () => {
  it('gives it the number 1 first', () => given(iris).when(command('CreateVersion')).thenEvents(version(1)));

  it('gives it the next number then', () =>
    given(iris, version(1), version(2)).when(command('CreateVersion')).thenEvents(version(3)));

  it('never gives the number of a deleted version again', () =>
    given(iris, version(1), version(2), versionDeleted(2))
      .when(command('CreateVersion'))
      .thenEvents(version(3)));

  it('records all that was said of it', () => {
    const said = {
      source: 'models:/lily/3',
      storageLocation: 's3://bucket/lily/3',
      runId: 'run-9',
      runLink: 'https://runs.example/9',
      loggedModelId: 'm-9',
      description: 'Better.',
      tags: [{ key: 'validated', value: 'yes' }],
    };
    given(iris).when(command('CreateVersion', said)).thenEvents(version(1, said));
  });
});

describe('describing a version', () => {
  it('overwrites its description', () =>
    given(iris, version(1))
      .when(command('DescribeVersion', { version: 1, description: 'Better.' }))
      .thenEvents(versionDescribed(1, 'Better.')));

  it('is on record also when the description stays the same', () =>
    given(iris, version(1), versionDescribed(1, 'Better.'))
      .when(command('DescribeVersion', { version: 1, description: 'Better.' }))
      .thenEvents(versionDescribed(1, 'Better.')));

  it('may take it away', () =>
    given(iris, version(1))
      .when(command('DescribeVersion', { version: 1, description: null }))
      .thenEvents(versionDescribed(1, null)));
});

describe('changing the status of a version', () => {
  it('records it with the message', () =>
    given(iris, version(1))
      .when(command('ChangeVersionStatus', { status: 'FAILED_REGISTRATION', message: 'Disk full' }))
      .thenEvents(statusChanged(1, 'FAILED_REGISTRATION', 'Disk full')));
});

describe('deleting a version', () => {
  it('hides it', () =>
    given(iris, version(1))
      .when(command('DeleteVersion', { version: 1 }))
      .thenEvents(versionDeleted(1)));

  it('drops its aliases first, in byte order', () =>
    given(iris, version(1), aliasSet('champion', 1), aliasSet('Best', 1), aliasSet('ancient', 1))
      .when(command('DeleteVersion', { version: 1 }))
      .thenEvents(
        aliasDeleted('Best', 1),
        aliasDeleted('ancient', 1),
        aliasDeleted('champion', 1),
        versionDeleted(1),
      ));

  it('leaves the aliases of other versions', () =>
    given(iris, version(1), version(2), aliasSet('champion', 1), aliasSet('champion', 2, 1))
      .when(command('DeleteVersion', { version: 1 }))
      .thenEvents(versionDeleted(1)));

  it('is allowed in production, as MLflow allows it', () =>
    given(iris, version(1), moved(1, 'None', 'Production'))
      .when(command('DeleteVersion', { version: 1 }))
      .thenEvents(versionDeleted(1)));

  it('happens once', () =>
    given(iris, version(1), versionDeleted(1))
      .when(command('DeleteVersion', { version: 1 }))
      .thenRefused('RESOURCE_DOES_NOT_EXIST', 'Model Version (name=iris, version=1) not found'));
});
