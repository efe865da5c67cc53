import { describe, expect, it } from '@jest/globals';
import {
  decodeRefusedCommand,
  refusedCommandStream,
} from '../../../src/application/history/refused-command-codec.js';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';

const data = {
  command: 'RollBack',
  code: 'RESOURCE_CONFLICT',
  message: 'Registered Model (name=iris) never had a version in Production.',
  subject: { name: 'iris', version: null },
};

function recorded(type: string): RecordedEvent {
  const stream = refusedCommandStream('1');
  return { id: 'event-1', stream, revision: 0, position: 1, recordedAt: 0, type, data, metadata: {} };
}

describe('a stream of refused commands', () => {
  it('belongs to a model, by its id', () => expect(refusedCommandStream('1')).toBe('refusedCommand-1'));

  it('holds what was refused', () =>
    expect(decodeRefusedCommand(recorded('CommandRefused'))).toEqual({ type: 'CommandRefused', data }));

  it('holds nothing else', () =>
    expect(() => decodeRefusedCommand(recorded('CommandAccepted'))).toThrow(
      'refusedCommand-1 holds an event of the unknown type CommandAccepted',
    ));
});
