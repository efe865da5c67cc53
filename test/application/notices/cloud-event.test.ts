import { describe, expect, it } from '@jest/globals';
import { CloudEvent as PublicCloudEvent } from 'cloudevents';
import * as fc from 'fast-check';
import { cloudEventOf } from '../../../src/application/notices/cloud-event.js';
import type { Notice } from '../../../src/application/notices/notice.js';
import type { AuditEntry } from '../../../src/application/queries/history/audit-entry.js';
import { productionChanged, typePrefix } from '../../../src/domain/notices/notice-type.js';

const modelId = '0b0e6c8e-3b87-4c33-a0b8-5b4c6a4a2a11';

const entry: AuditEntry = {
  position: 1234,
  eventId: '7f1c2a52-8a3c-4b4e-9a39-1f2b1f0a7d10',
  type: 'StageTransitioned',
  category: 'registry',
  outcome: 'done',
  text: 'ana moved fraud v7 from Staging to Production, archiving v6',
  model: { id: modelId, name: 'fraud é/?' },
  subscriber: null,
  version: 7,
  revision: 3,
  actor: { type: 'user', id: 'ana', authentication: 'basic-unverified' },
  client: { address: '192.0.2.1', userAgent: null },
  happenedAt: Date.UTC(2026, 2, 4, 10, 15),
  recordedAt: Date.UTC(2026, 2, 4, 10, 16),
  before: { stage: 'Staging' },
  after: { stage: 'Production' },
  comment: 'good in shadow',
  from: 'Staging',
  to: 'Production',
  inFavourOf: null,
  archived: [6],
  refusal: null,
  correlationId: 'request-1',
  causationId: 'command-1',
  requestId: 'request-1',
};

const moved: Notice = {
  id: entry.eventId,
  type: `${typePrefix}version.stage_transitioned.v1`,
  position: 1234,
  modelId,
  modelName: 'fraud é/?',
  version: 7,
  moves: [{ from: 'Staging', to: 'Production' }],
  entry,
  occupants: { Staging: [], Production: [7] },
  production: null,
};

const source = '/registries/annals';

describe('the envelope', () => {
  it('says what has happened to whom, when, by whom and why', () => {
    expect(cloudEventOf(moved, source)).toEqual({
      specversion: '1.0',
      id: '7f1c2a52-8a3c-4b4e-9a39-1f2b1f0a7d10',
      source: '/registries/annals',
      type: 'io.annals.registry.version.stage_transitioned.v1',
      subject: 'models/fraud%20%C3%A9%2F%3F/versions/7',
      time: '2026-03-04T10:15:00.000Z',
      recordedtime: '2026-03-04T10:16:00.000Z',
      sequence: '0000000000001234',
      partitionkey: modelId,
      correlationid: 'request-1',
      causationid: 'command-1',
      authtype: 'user',
      authid: 'ana',
      datacontenttype: 'application/json',
      dataschema: 'urn:annals:schema:io.annals.registry.version.stage_transitioned.v1#/properties/data',
      data: {
        position: 1234,
        modelId,
        model: 'fraud é/?',
        version: 7,
        actor: { type: 'user', id: 'ana', authentication: 'basic-unverified' },
        from: 'Staging',
        to: 'Production',
        archived: [6],
        inFavourOf: null,
        comment: 'good in shadow',
        occupants: { Staging: [], Production: [7] },
      },
    });
  });

  it('of a change of Production says who came and who went', () => {
    const event = cloudEventOf(
      {
        ...moved,
        id: `${entry.eventId}.production`,
        type: productionChanged,
        production: { entered: [7], left: [6] },
      },
      source,
    );
    expect(event.data).toMatchObject({
      cause: 'transition',
      entered: [7],
      left: [6],
      comment: 'good in shadow',
      occupants: { Staging: [], Production: [7] },
    });
    const next = cloudEventOf({ ...moved, position: 1235 }, source);
    expect([next, event, cloudEventOf(moved, source)].map(({ sequence }) => sequence).sort()).toEqual([
      '0000000000001234',
      '0000000000001234.1',
      '0000000000001235',
    ]);
  });

  it('of nobody has no id of an actor', () => {
    const actor = {
      type: 'unauthenticated',
      id: 'unauthenticated',
      authentication: 'unauthenticated',
    } as const;
    const event = cloudEventOf({ ...moved, entry: { ...entry, actor } }, source);
    expect(event).toMatchObject({ authtype: 'unauthenticated' });
    expect(event).not.toHaveProperty('authid');
  });

  it('names a model by its id when its name is long', () => {
    const event = cloudEventOf({ ...moved, modelName: 'é'.repeat(257), version: null }, source);
    expect(event.subject).toBe(`models/id:${modelId}`);
    expect(event.data['model']).toBe('é'.repeat(257));
  });

  it('keeps long texts and lists as far as others will forward them, and says which it has cut', () => {
    const long = 'x'.repeat(1_000_000);
    const occupants = { Staging: [], Production: Array.from({ length: 20_000 }, (_, index) => index + 1) };
    const { data } = cloudEventOf({ ...moved, entry: { ...entry, comment: long }, occupants }, source);
    expect(data['truncated']).toEqual(['/comment', '/occupants/Production']);
    expect(data['comment']).toBe('x'.repeat(16_384));
    const kept = (data['occupants'] as typeof occupants).Production;
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([1_024, 18_977, 20_000]);
  });

  it('is at most 64 KiB, whatever has happened, and valid for the public package', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc
        .tuple(fc.constantFrom('a', '\u0000', 'é', '😀', '"'), fc.integer({ min: 1, max: 20_000 }))
        .map(([character, times]) => character.repeat(times)),
    );
    const tags = fc
      .tuple(fc.array(text, { maxLength: 5 }), fc.integer({ min: 1, max: 100 }))
      .map(([values, times]) =>
        Array.from({ length: times }).flatMap(() =>
          values.map((value) => ({ key: value.slice(0, 250), value })),
        ),
      );
    fc.assert(
      fc.property(text, text, tags, (name, description, list) => {
        const event = cloudEventOf(
          {
            ...moved,
            modelName: name.toWellFormed(),
            type: `${typePrefix}model.registered.v1`,
            entry: {
              ...entry,
              type: 'ModelRegistered',
              before: null,
              after: { name, description, tags: list },
            },
          },
          source,
        );
        expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThanOrEqual(65_536);
        expect(() => new PublicCloudEvent({ ...event })).not.toThrow();
      }),
      { numRuns: 40 },
    );
  });
});
