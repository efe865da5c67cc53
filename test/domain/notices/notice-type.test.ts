import { describe, expect, it } from '@jest/globals';
import {
  eventTypesOf,
  noticeTypeOf,
  noticeTypes,
  productionChanged,
  typePrefix,
} from '../../../src/domain/notices/notice-type.js';
import type { RegisteredModelEventType } from '../../../src/domain/registered-model/events.js';

const events: Readonly<Record<RegisteredModelEventType, readonly (string | undefined)[]>> = {
  ModelRegistered: ['model.registered'],
  ModelRenamed: ['model.renamed'],
  ModelDescribed: ['model.described'],
  ModelDeleted: ['model.deleted'],
  ModelRestored: ['model.restored'],
  NameClaimForfeited: [],
  NothingChanged: [],
  VersionCreated: [undefined, 'version.created'],
  VersionDescribed: [undefined, 'version.described'],
  VersionStatusChanged: [undefined, 'version.status_changed'],
  VersionDeleted: [undefined, 'version.deleted'],
  VersionRestored: [undefined, 'version.restored'],
  StageTransitioned: [undefined, 'version.stage_transitioned'],
  TagSet: ['model.tag_set', 'version.tag_set'],
  TagDeleted: ['model.tag_deleted', 'version.tag_deleted'],
  AliasSet: ['model.alias_set', 'model.alias_set'],
  AliasDeleted: ['model.alias_deleted', 'model.alias_deleted'],
};

const entries = Object.entries(events) as readonly [
  RegisteredModelEventType,
  readonly (string | undefined)[],
][];

function full(short: string | undefined) {
  return short === undefined ? undefined : `${typePrefix}${short}.v1`;
}

describe('the type of a notice', () => {
  it.each(entries)('of %s never changes', (event, [ofModel, ofVersion]) => {
    if (ofModel !== undefined || ofVersion === undefined)
      expect(noticeTypeOf(event, null)).toBe(full(ofModel));
    if (ofVersion !== undefined) expect(noticeTypeOf(event, 7)).toBe(full(ofVersion));
  });

  it('is one of a list that has each once', () => {
    const told = entries.flatMap(([, shorts]) => shorts.flatMap((short) => full(short) ?? []));
    expect(new Set(noticeTypes)).toEqual(new Set([...told, productionChanged]));
    expect(new Set(noticeTypes).size).toBe(noticeTypes.length);
  });

  it('leads back to the events that are told under it', () => {
    for (const [event, shorts] of entries) {
      for (const type of noticeTypes) {
        const isTold = shorts.some((short) => full(short) === type);
        if (type !== productionChanged) expect(eventTypesOf([type]).includes(event)).toBe(isTold);
      }
    }
    expect(new Set(eventTypesOf([productionChanged]))).toEqual(
      new Set(['StageTransitioned', 'VersionDeleted', 'VersionRestored', 'ModelDeleted', 'ModelRestored']),
    );
    expect(eventTypesOf([])).toEqual([]);
  });
});
