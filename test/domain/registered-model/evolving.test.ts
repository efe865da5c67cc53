import { describe, expect, it } from '@jest/globals';
import { evolve } from '../../../src/domain/registered-model/evolve.js';
import {
  aliasesOf,
  liveModelNamed,
  liveVersion,
  unregistered,
} from '../../../src/domain/registered-model/registered-model.js';
import type { RegisteredModel } from '../../../src/domain/registered-model/registered-model.js';
import {
  aliasSet,
  deleted,
  described,
  iris,
  moved,
  noon,
  nothingChanged,
  statusChanged,
  version,
  versionDeleted,
  versionDescribed,
} from '../../support/registered-model-words.js';

function after(...events: readonly Parameters<typeof evolve>[1][]) {
  const model = events.reduce<RegisteredModel>(evolve, unregistered);
  if (model.status === 'unregistered') throw new Error('There is no model');
  return model;
}

describe('a new version', () => {
  it('is ready, in no stage and as it was created', () =>
    expect(
      after(iris, version(1, { tags: [{ key: 'team', value: 'botany' }], runLink: 'link' })).versions.get(1),
    ).toEqual({
      version: 1,
      createdAt: noon,
      updatedAt: noon,
      stage: 'None',
      description: '',
      source: 's3://bucket/model',
      storageLocation: null,
      runId: 'run-1',
      runLink: 'link',
      loggedModelId: null,
      status: 'READY',
      statusMessage: null,
      tags: new Map([['team', 'botany']]),
      deleted: false,
    }));

  it('has the last of two values for the same tag', () => {
    const tags = ['botany', 'zoology'].map((value) => ({ key: 'team', value }));
    expect(after(iris, version(1, { tags })).versions.get(1)?.tags).toEqual(new Map([['team', 'zoology']]));
  });
});

describe('a version', () => {
  it('has its stage, status and description from the last events about them', () => {
    const model = after(
      iris,
      version(1),
      moved(1, 'None', 'Staging'),
      moved(1, 'Staging', 'Archived'),
      statusChanged(1, 'FAILED_REGISTRATION', 'Disk full'),
      versionDescribed(1, 'Better.'),
      versionDescribed(1, null),
    );
    expect(model.versions.get(1)).toMatchObject({
      stage: 'Archived',
      status: 'FAILED_REGISTRATION',
      statusMessage: 'Disk full',
      description: null,
    });
  });

  it('keeps what it was when it is deleted', () => {
    const model = after(iris, version(1), moved(1, 'None', 'Production'), versionDeleted(1));
    expect(model.versions.get(1)).toMatchObject({
      stage: 'Production',
      source: 's3://bucket/model',
      deleted: true,
    });
  });

  it('that was never created cannot change', () =>
    expect(() => after(iris, versionDescribed(1, 'Better.'))).toThrow('Version 1 of iris was never created'));
});

describe('a model', () => {
  it('cannot begin with anything but its registration', () =>
    expect(() => evolve(unregistered, described('Petals.'))).toThrow(
      'ModelDescribed cannot be the first event of a registered model',
    ));

  it('is the same after a request that changed nothing', () => {
    const model = after(iris);
    expect(evolve(model, nothingChanged())).toBe(model);
  });

  it('is left as it was by what comes after', () => {
    const model = after(iris, version(1), aliasSet('champion', 1));
    const copy = structuredClone({ ...model, versions: [...model.versions] });
    evolve(evolve(model, versionDeleted(1)), deleted());
    expect({ ...model, versions: [...model.versions] }).toEqual(copy);
  });
});

describe('looking at a model', () => {
  it('finds it by its name', () => {
    const model = after(iris);
    expect(liveModelNamed(model, 'iris')).toBe(model);
  });

  it.each([
    ['in other letters', 'Iris', [iris]],
    ['after its deletion', 'iris', [iris, deleted()]],
  ])('does not find it %s', (_, name, history) =>
    expect(liveModelNamed(after(...history), name)).toBeUndefined(),
  );

  it('finds a version', () => expect(liveVersion(after(iris, version(1)), 1)?.version).toBe(1));

  it('does not find a deleted version', () =>
    expect(liveVersion(after(iris, version(1), versionDeleted(1)), 1)).toBeUndefined());

  it('finds the aliases of a version in byte order', () => {
    const model = after(
      iris,
      version(1),
      version(2),
      ...['b', 'ä', 'B'].map((alias) => aliasSet(alias, 1)),
      aliasSet('x', 2),
    );
    expect(aliasesOf(model, 1)).toEqual(['B', 'b', 'ä']);
  });
});
