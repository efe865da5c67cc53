import { describe, expect, it } from '@jest/globals';
import { decodeModelNameEvent, modelNameStream } from '../../../src/application/history/model-name-codec.js';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';

function recorded(type: string): RecordedEvent {
  const data = { name: 'iris', modelId: 'model-1', claimId: 'claim-1' };
  return {
    id: 'event-1',
    stream: 'modelName-1',
    revision: 0,
    position: 1,
    recordedAt: 0,
    type,
    data,
    metadata: {},
  };
}

describe('the stream of a name', () => {
  it('is called by the SHA-256 of the name', () =>
    expect(modelNameStream('iris')).toBe(
      'modelName-47612b3175fece07f6c3e91992412c5b16ca88a9068cb72fecbcf653eb5ffcd7',
    ));

  it('is the same for the same name and another for any other', () => {
    const names = ['iris', 'Iris', 'iris ', 'ïris', 'i\u0308ris', '🌱', ''];
    expect(new Set([...names, ...names].map(modelNameStream)).size).toBe(names.length);
  });

  it.each(['NameClaimed', 'NameReleased'])('holds events of the type %s', (type) =>
    expect(decodeModelNameEvent(recorded(type))).toEqual({ type, data: recorded(type).data }),
  );

  it('holds no others', () =>
    expect(() => decodeModelNameEvent(recorded('NameLent'))).toThrow(
      'modelName-1 holds an event of the unknown type NameLent',
    ));
});
