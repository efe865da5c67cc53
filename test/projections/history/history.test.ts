import { describe, expect, it } from '@jest/globals';
import type { JsonObject, RecordedEvent } from '../../../src/application/ports/event-store.js';
import type { Stage } from '../../../src/domain/registered-model/stage.js';
import { RecordedHistory } from '../../support/recorded-events.js';
import type { Fact } from '../../support/recorded-events.js';
import {
  aliasSet,
  registered,
  renamed,
  tagDeleted,
  tagSet,
  versionCreated,
} from '../registry/registry-spec.js';
import { historyAfter } from './history-spec.js';
import type { History } from './history-spec.js';

const end = Number.MAX_SAFE_INTEGER;

/** Commands on models, one after the other: each is one or more events with one correlation. */
class Commands {
  readonly #history = new RecordedHistory();
  readonly events: RecordedEvent[] = [];

  of(model: string, ...facts: readonly Fact[]): this {
    return this.with({}, model, ...facts);
  }

  with(metadata: JsonObject, model: string, ...facts: readonly Fact[]): this {
    const command = `command-${this.events.length}`;
    for (const fact of facts) {
      const event = this.#history.record(model, fact, { at: 1_000 * (this.events.length + 1) });
      const actor = { type: 'user', id: 'ana', authentication: 'basic-unverified' };
      const ids = { requestId: command, $correlationId: command, $causationId: command };
      this.events.push({ ...event, metadata: { ...event.metadata, actor, ...ids, ...metadata } });
    }
    return this;
  }

  refused(model: string, data: JsonObject): this {
    const position = this.events.length + 1;
    const metadata = { actor: { type: 'user', id: 'ben', authentication: 'basic-unverified' } };
    this.events.push({
      id: `refused-${position}`,
      type: 'CommandRefused',
      data,
      metadata: { ...metadata, happenedAt: new Date(1_000 * position).toISOString() },
      stream: `refusedCommand-${model}`,
      revision: 0,
      position,
      recordedAt: 1_000 * position,
    });
    return this;
  }

  get history(): History {
    return historyAfter(this.events);
  }
}

function moved(
  version: number,
  from: Stage,
  to: Stage,
  said: { comment?: string; inFavourOf?: number } = {},
): Fact {
  const { comment = null, inFavourOf = null } = said;
  return { type: 'StageTransitioned', data: { version, from, to, comment, inFavourOf } };
}

const fraud = () =>
  new Commands().of('m', registered('fraud')).of('m', versionCreated(1)).of('m', versionCreated(2));

/** v1 in Production, then v2 in its place. */
const promoted = () =>
  fraud()
    .of('m', moved(1, 'None', 'Production', { comment: 'looks good' }))
    .of('m', moved(1, 'Production', 'Archived', { inFavourOf: 2 }), moved(2, 'None', 'Production'));

function texts({ audit }: History): readonly string[] {
  return audit.page({}, { limit: 100, order: 'oldestFirst' }).items.map(({ text }) => text);
}

describe('the audit trail', () => {
  it('says in plain words who did what', () => {
    const history = promoted()
      .of('m', tagSet(2, 'validated', 'yes'))
      .of('m', tagSet(2, 'validated', 'no'))
      .of('m', tagDeleted(2, 'validated'))
      .of('m', aliasSet('champion', 1))
      .of('m', aliasSet('champion', 2, 1))
      .of('m', { type: 'VersionDescribed', data: { version: 2, description: 'better' } })
      .of('m', renamed('fraud', 'risk'))
      .of(
        'm',
        { type: 'AliasDeleted', data: { alias: 'champion', version: 2 } },
        { type: 'VersionDeleted', data: { version: 2 } },
      )
      .of('m', { type: 'VersionRestored', data: { version: 2, stage: 'Archived' } })
      .of('m', { type: 'ModelDeleted', data: { name: 'risk' } })
      .of('m', { type: 'ModelRestored', data: { name: 'risk', claimId: 'another' } }).history;

    expect(texts(history)).toEqual([
      'ana registered fraud',
      'ana created fraud v1',
      'ana created fraud v2',
      'ana moved fraud v1 from None to Production',
      'ana moved fraud v1 from Production to Archived, in favour of v2',
      'ana moved fraud v2 from None to Production, archiving v1',
      'ana set tag validated of fraud v2 to yes',
      'ana changed tag validated of fraud v2 from yes to no',
      'ana removed tag validated from fraud v2',
      'ana gave alias champion to fraud v1',
      'ana moved alias champion of fraud from v1 to v2',
      'ana changed the description of fraud v2',
      'ana renamed fraud to risk',
      'ana removed alias champion from risk v2',
      'ana deleted risk v2, which was in Production',
      'ana restored risk v2 in Archived',
      'ana deleted risk',
      'ana restored risk',
    ]);
  });

  it('has what was before and after', () => {
    const { audit } = promoted()
      .of('m', tagSet(2, 'validated', 'yes'))
      .of('m', tagSet(2, 'validated', 'no')).history;

    expect(audit.entry({ position: 8 })).toMatchObject({
      before: { key: 'validated', value: 'yes' },
      after: { key: 'validated', value: 'no' },
    });
    expect(audit.entry({ position: 6 })).toMatchObject({
      before: { stage: 'None' },
      after: { stage: 'Production' },
      archived: [1],
    });
  });

  it('finds an entry by the id of its event', () => {
    const { events, history } = promoted();
    expect(history.audit.entry({ eventId: events[3]?.id ?? '' })).toMatchObject({ comment: 'looks good' });
    expect(history.audit.entry({ eventId: 'another' })).toBeUndefined();
  });

  it('tells of refused commands, which are no facts', () => {
    const subject = { name: 'fraud', version: 2 };
    const refusal = {
      command: 'TransitionStage',
      code: 'PRECONDITION_FAILED',
      message: 'It has changed',
      subject,
    };
    const { audit, past } = fraud().refused('m', refusal).history;
    const { items } = audit.page({ outcomes: ['conflict'] }, { limit: 10, order: 'newestFirst' });

    expect(items).toMatchObject([
      {
        type: 'CommandRefused',
        text: 'ben met a conflict with TransitionStage on fraud v2: It has changed',
        model: { id: 'm', name: 'fraud' },
        version: 2,
      },
    ]);
    expect(past.model({ name: 'fraud' }, end)).toMatchObject({ revision: 2, updatedAt: 3_000 });
    expect(
      audit.page({ model: { name: 'fraud' }, version: 2 }, { limit: 10, order: 'newestFirst' }).items,
    ).toHaveLength(2);
  });

  it('tells apart what the service notes for itself', () => {
    const { audit } = fraud()
      .of('m', { type: 'NothingChanged', data: {} })
      .of('other', { type: 'NameClaimForfeited', data: { name: 'fraud', claimId: 'c' } }).history;

    expect(audit.count({ category: 'housekeeping' })).toBe(2);
    expect(audit.count({ category: 'registry' })).toBe(3);
  });

  it('shows by a name all models that had it, under every name that they had', () => {
    const { audit } = fraud()
      .of('m', renamed('fraud', 'risk'))
      .of('n', registered('fraud'))
      .of('o', registered('other')).history;
    const { items } = audit.page({ model: { name: 'fraud' } }, { limit: 10, order: 'oldestFirst' });

    expect(items.map(({ text }) => text)).toEqual([
      'ana registered fraud',
      'ana created fraud v1',
      'ana created fraud v2',
      'ana renamed fraud to risk',
      'ana registered fraud',
    ]);
  });

  it('finds edits after a version reached Production, also when it has left it', () => {
    const { audit } = fraud()
      .of('m', tagSet(1, 'early', 'yes'))
      .of('m', moved(1, 'None', 'Production'))
      .of('m', tagSet(1, 'late', 'yes'))
      .of('m', moved(1, 'Production', 'Archived'))
      .of('m', aliasSet('old', 1))
      .of('m', tagSet(2, 'never', 'live'))
      .of('m', tagSet(null, 'of', 'the model')).history;
    const { items } = audit.page({ topic: 'editsAfterProduction' }, { limit: 10, order: 'oldestFirst' });

    expect(items.map(({ position }) => position)).toEqual([6, 8]);
  });

  it('counts changes of Production, a deletion of what was in it too', () => {
    const { audit } = promoted()
      .of('m', moved(2, 'Production', 'Production'))
      .of('m', { type: 'ModelDeleted', data: { name: 'fraud' } })
      .of('n', registered('empty'))
      .of('n', { type: 'ModelDeleted', data: { name: 'empty' } }).history;
    const { items } = audit.page({ topic: 'production' }, { limit: 10, order: 'oldestFirst' });

    expect(items.map(({ position }) => position)).toEqual([4, 5, 6, 8]);
    expect(audit.count({ topic: 'production' })).toBe(4);
  });

  it('tells nothing of an actor that there never was, also where there is nothing else', () => {
    const { audit } = new Commands().of('fraud', registered('fraud')).history;
    const filter = { model: { name: 'fraud' }, actor: 'nobody', window: { after: 1, upTo: end } };
    expect(audit.page(filter, { limit: 10, order: 'oldestFirst' })).toEqual({ items: [] });
  });

  it('is exported in log order, without what is recorded meanwhile', async () => {
    const { events, history } = promoted();
    const positions: number[] = [];
    for await (const some of history.audit.export({}))
      positions.push(...some.map(({ position }) => position));
    expect(positions).toEqual(events.map(({ position }) => position));
  });
});

describe('the past', () => {
  it('goes by when events were first recorded', () => {
    const firstRecordedAt = new Date(500).toISOString();
    const { moments } = new Commands().with({ firstRecordedAt }, 'm', registered('fraud')).history;

    expect(moments.range().first).toEqual({ position: 1, recordedAt: 500 });
    expect(moments.positionAt(499)).toBeUndefined();
    expect(moments.positionAt(500)).toBe(1);
  });

  it('has a window of time from its beginning on up to before its end', () => {
    const { moments } = promoted().history;
    expect(moments.between(2_000, 4_000)).toEqual({ after: 1, upTo: 3 });
    expect(moments.between(undefined, undefined)).toEqual({ after: 0, upTo: end });
    expect(moments.between(undefined, 500)).toEqual({ after: 0, upTo: 0 });
  });

  it('knows who was in Production, since when, by whom and why', () => {
    const { past } = promoted().history;
    expect(past.stages(4, { limit: 10, stages: ['Production'] }).items).toMatchObject([
      { name: 'fraud', version: 1, opened: { position: 4, actor: { id: 'ana' }, comment: 'looks good' } },
    ]);
    const history = past.occupancy(
      { name: 'fraud' },
      { stage: 'Production', window: { after: 0, upTo: end } },
      { limit: 10 },
    );
    expect(history?.items).toMatchObject([
      { version: 1, milliseconds: 1_000, closed: { position: 5, inFavourOf: 2 } },
      { version: 2, milliseconds: 0, closed: undefined },
    ]);
  });

  it('does not break an occupancy by a move to the same stage', () => {
    const { past } = promoted().of('m', moved(2, 'Production', 'Production')).history;
    expect(past.stages(end, { limit: 10, stages: ['Production'] }).items).toMatchObject([
      { version: 2, opened: { position: 6 } },
    ]);
    expect(past.transitions({ name: 'fraud' }, 2, end, { limit: 10 })?.items).toHaveLength(2);
  });

  it('has another model under a name that is used again', () => {
    const { past } = fraud()
      .of('m', { type: 'ModelDeleted', data: { name: 'fraud' } })
      .of('n', registered('fraud')).history;

    expect(past.model({ name: 'fraud' }, 3)).toMatchObject({ id: 'm' });
    expect(past.model({ name: 'fraud' }, 4)).toBeUndefined();
    expect(past.model({ name: 'fraud' }, 5)).toMatchObject({ id: 'n' });
    expect(past.model({ id: 'm' }, 5)).toMatchObject({ name: 'fraud', deleted: true });
    expect(past.namesHeld({ name: 'fraud' }, 5)).toEqual([
      { modelId: 'm', name: 'fraud', from: 1, to: 4 },
      { modelId: 'n', name: 'fraud', from: 5, to: undefined },
    ]);
  });
});
