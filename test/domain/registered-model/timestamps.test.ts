import { describe, expect, it } from '@jest/globals';
import type { RegisteredModelEvent } from '../../../src/domain/registered-model/events.js';
import { evolve } from '../../../src/domain/registered-model/evolve.js';
import { unregistered } from '../../../src/domain/registered-model/registered-model.js';
import type { RegisteredModel } from '../../../src/domain/registered-model/registered-model.js';
import {
  aliasDeleted,
  aliasSet,
  at,
  deleted,
  described,
  forfeited,
  iris,
  moved,
  nothingChanged,
  renamed,
  restored,
  statusChanged,
  tagDeleted,
  tagSet,
  version,
  versionDeleted,
  versionDescribed,
  versionRestored,
} from '../../support/registered-model-words.js';

const [then, now] = [1_000, 2_000];

const before = [
  iris,
  version(1),
  version(2),
  tagSet('team', 'botany'),
  tagSet('team', 'botany', 1),
  aliasSet('champion', 1),
]
  .map((event) => at(then, event))
  .reduce<RegisteredModel>(evolve, unregistered);

/** What the event gives a new time, of the model and of its versions 1 and 2. */
function bumped(event: RegisteredModelEvent): string[] {
  const after = evolve(before, at(now, event));
  if (after.status === 'unregistered') throw new Error('There is no model any more');
  const times: [string, number | undefined][] = [
    ['model', after.updatedAt],
    ['version 1', after.versions.get(1)?.updatedAt],
    ['version 2', after.versions.get(2)?.updatedAt],
  ];
  return times.filter(([, time]) => time === now).map(([what]) => what);
}

describe('the time of the last update', () => {
  it.each([
    ['a rename', renamed('iris', 'lily', 'claim-2'), ['model', 'version 1', 'version 2']],
    ['a rename to the same name', renamed('iris', 'iris', null), ['model', 'version 1', 'version 2']],
    ['a description of the model', described('Petals.'), ['model']],
    ['a new version', version(3), ['model']],
    ['a description of a version', versionDescribed(1, 'Better.'), ['version 1']],
    ['a status of a version', statusChanged(1, 'READY'), ['version 1']],
    ['a transition', moved(1, 'None', 'Production'), ['model', 'version 1']],
    ['a deleted version', versionDeleted(1), ['model', 'version 1']],
    ['a restored version', versionRestored(1, 'None'), ['model', 'version 1']],
    ['a tag of the model', tagSet('team', 'zoology'), []],
    ['a deleted tag of the model', tagDeleted('team'), []],
    ['a tag of a version', tagSet('team', 'zoology', 1), []],
    ['a deleted tag of a version', tagDeleted('team', 1), []],
    ['an alias', aliasSet('champion', 2, 1), []],
    ['a deleted alias', aliasDeleted('champion', 1), []],
    ['a deletion of the model', deleted(), []],
    ['a restoration of the model', restored('claim-2'), []],
    ['a forfeited claim', forfeited('claim-9'), []],
    ['a repeated request that changed nothing', nothingChanged(), []],
  ])('changes by %s', (_, event, expected) => expect(bumped(event)).toEqual(expected));

  it('of a rename is a new one for deleted versions too', () => {
    const history = [versionDeleted(1), renamed('iris', 'lily', 'claim-2')].map((event) => at(now, event));
    expect(history.reduce(evolve, before)).toMatchObject({ name: 'lily', updatedAt: now });
    expect(bumped(renamed('iris', 'lily', 'claim-2'))).toContain('version 1');
  });
});

describe('the time of creation', () => {
  it('stays, whatever happens', () => {
    const after = [
      renamed('iris', 'lily', 'claim-2'),
      moved(1, 'None', 'Production'),
      versionDescribed(1, 'Better.'),
    ]
      .map((event) => at(now, event))
      .reduce<RegisteredModel>(evolve, before);
    expect(after).toMatchObject({ createdAt: then });
    expect(after.status === 'live' && after.versions.get(1)?.createdAt).toBe(then);
  });

  it('of a version is when it was created, as is that of its last update', () => {
    const after = evolve(before, at(now, version(3)));
    expect(after.status === 'live' && after.versions.get(3)).toMatchObject({
      createdAt: now,
      updatedAt: now,
    });
  });
});
