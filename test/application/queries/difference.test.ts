import { describe, expect, it } from '@jest/globals';
import { differenceOf } from '../../../src/application/queries/history/difference.js';
import type { PastVersion } from '../../../src/application/queries/history/past-views.js';

const version: PastVersion = {
  modelId: 'm',
  name: 'fraud',
  version: 1,
  stage: 'None',
  description: null,
  status: 'READY',
  statusMessage: null,
  source: 's3://bucket/model',
  storageLocation: null,
  runId: 'run',
  runLink: '',
  loggedModelId: null,
  tags: [{ key: 'team', value: 'risk' }],
  aliases: ['champion'],
  createdAt: 1,
  updatedAt: 1,
  revision: 1,
  deleted: false,
};

describe('the difference of two versions', () => {
  it('is nothing when they are the same', () => {
    expect(differenceOf(version, version).changed).toBe(false);
  });

  it('marks the fields that are not the same', () => {
    const { fields, changed } = differenceOf(version, { ...version, stage: 'Production' });
    expect(changed).toBe(true);
    expect(fields.filter((field) => field.changed)).toEqual([
      { field: 'stage', left: 'None', right: 'Production', changed: true },
    ]);
  });

  it('has the tags and aliases of both', () => {
    const tags = [
      { key: 'auc', value: '0.9' },
      { key: 'team', value: 'risk' },
    ];
    const difference = differenceOf(version, { ...version, tags, aliases: [] });
    expect(difference.tags).toEqual([
      { field: 'auc', left: undefined, right: '0.9', changed: true },
      { field: 'team', left: 'risk', right: 'risk', changed: false },
    ]);
    expect(difference.aliases).toEqual([{ field: 'champion', left: true, right: undefined, changed: true }]);
  });
});
