import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  UnknownEventTypeError,
  decodeRegisteredModelEvent,
  modelIdOf,
  registeredModelStream,
} from '../../../src/application/history/registered-model-codec.js';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import type { RegisteredModelEvent } from '../../../src/domain/registered-model/events.js';
import { anyCommands, live } from '../../support/any-history.js';
import {
  aliasDeleted,
  aliasSet,
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

/** As the log gives it back. */
function recorded({ type, data, at }: { type: string; data: object; at: number }): RecordedEvent {
  const event = {
    id: 'event-1',
    stream: 'registeredModel-1',
    revision: 7,
    position: 8,
    recordedAt: at + 5,
    type,
    data,
    metadata: { schemaVersion: 1, happenedAt: new Date(at).toISOString() },
  };
  return JSON.parse(JSON.stringify(event)) as RecordedEvent;
}

describe('an event of a registered model', () => {
  it('comes back from the log as it was decided, whatever happened', () => {
    fc.assert(
      fc.property(anyCommands(), (commands) => {
        const { events } = live(commands);
        expect(events.map((event) => decodeRegisteredModelEvent(recorded(event)))).toEqual(events);
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, RegisteredModelEvent]>(
    [
      iris,
      renamed('iris', 'lily', 'claim-2'),
      described('Petals.'),
      deleted(),
      restored('claim-2'),
      forfeited('claim-1'),
      nothingChanged(),
      version(1),
      versionDescribed(1, null),
      statusChanged(1, 'READY'),
      versionDeleted(1),
      versionRestored(1, 'Archived'),
      moved(1, 'None', 'Production'),
      tagSet('team', 'botany'),
      tagDeleted('team'),
      aliasSet('champion', 1),
      aliasDeleted('champion', 1),
    ].map((event) => [event.type, event]),
  )('may be a %s', (_, event) => expect(decodeRegisteredModelEvent(recorded(event))).toEqual(event));

  it('happened when its metadata say, which need not be when it was recorded', () => {
    const happenedAt = '1999-12-31T23:59:59.123Z';
    const event = { ...recorded(iris), metadata: { happenedAt } };
    expect(decodeRegisteredModelEvent(event).at).toBe(Date.parse(happenedAt));
  });

  it('of a type from the future is refused, with what to do about it', () => {
    const event = recorded({ ...iris, type: 'ModelDuplicated' });
    expect(() => decodeRegisteredModelEvent(event)).toThrow(new UnknownEventTypeError(event));
    expect(() => decodeRegisteredModelEvent(event)).toThrow(
      'Event 7 of registeredModel-1 has the type ModelDuplicated, which this version of Annals does not know. ' +
        'It was written by a newer version: upgrade this one.',
    );
  });

  it.each(['toString', '__proto__', ''])('is not of the type "%s"', (type) =>
    expect(() => decodeRegisteredModelEvent(recorded({ ...iris, type }))).toThrow(UnknownEventTypeError),
  );
});

it('names the stream of a model after its id, and finds the id in it', () => {
  expect(registeredModelStream('4711')).toBe('registeredModel-4711');
  expect(modelIdOf('registeredModel-4711')).toBe('4711');
});
