import { describe, expect, it } from '@jest/globals';
import {
  command,
  commandTypes,
  deleted,
  given,
  iris,
  renamed,
  version,
  versionDeleted,
} from '../../support/registered-model-words.js';

const onVersions = [
  command('DescribeVersion'),
  command('ChangeVersionStatus'),
  command('DeleteVersion'),
  command('TransitionStage'),
  command('SetTag', { version: 1 }),
  command('DeleteTag', { version: 1 }),
  command('SetAlias'),
];
const onModels = [
  command('RenameModel'),
  command('DescribeModel'),
  command('DeleteModel'),
  command('CreateVersion'),
  command('RollBack'),
  command('SetTag'),
  command('DeleteTag'),
  command('DeleteAlias'),
];
const elsewhere = ['RegisterModel', 'RestoreModel', 'RestoreVersion', 'ForfeitNameClaim'];

describe.each([
  ['was never registered', []],
  ['was deleted', [iris, version(1), deleted()]],
  ['has another name now', [iris, version(1), renamed('iris', 'lily', 'claim-2')]],
])('of a model that %s', (_, history) => {
  it.each(onModels.map((command) => [command.type, command] as const))('%s finds no model', (_, command) =>
    given(...history)
      .when(command)
      .thenRefused('RESOURCE_DOES_NOT_EXIST', 'Registered Model with name=iris not found'),
  );

  it.each(onVersions.map((command) => [command.type, command] as const))(
    '%s finds no version',
    (_, command) =>
      given(...history)
        .when(command)
        .thenRefused('RESOURCE_DOES_NOT_EXIST', 'Model Version (name=iris, version=1) not found'),
  );
});

describe.each([
  ['was never created', [iris, version(1)], 2],
  ['was deleted', [iris, version(1), versionDeleted(1)], 1],
  ['cannot be', [iris, version(1)], 0],
  ['cannot be either', [iris, version(1)], -1],
])('of a version that %s', (_, history, number) => {
  it.each(onVersions.map((command) => [command.type, command] as const))(
    '%s finds no version',
    (_, command) =>
      given(...history)
        .when({ ...command, version: number } as typeof command)
        .thenRefused('RESOURCE_DOES_NOT_EXIST', `Model Version (name=iris, version=${number}) not found`),
  );
});

it('is asked for above by every type of command that needs a model', () => {
  const tried = new Set([...onModels, ...onVersions].map(({ type }) => type));
  expect([...tried].toSorted()).toEqual(commandTypes.filter((type) => !elsewhere.includes(type)).toSorted());
});
