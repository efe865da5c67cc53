import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { modelFromSnapshot, modelToSnapshot } from '../../../src/application/history/model-snapshot.js';
import type { JsonObject } from '../../../src/application/ports/event-store.js';
import { evolve } from '../../../src/domain/registered-model/evolve.js';
import { unregistered } from '../../../src/domain/registered-model/registered-model.js';
import { anyCommands, live } from '../../support/any-history.js';
import { forfeited, iris } from '../../support/registered-model-words.js';

function throughJson(json: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(json)) as JsonObject;
}

describe('a snapshot of a model', () => {
  it('holds the whole state, whatever has happened', () => {
    fc.assert(
      fc.property(anyCommands(), (commands) => {
        const { model } = live(commands);
        expect(modelFromSnapshot(throughJson(modelToSnapshot(model)))).toEqual(model);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['was never registered', unregistered],
    ['has nothing but a forfeited claim', evolve(unregistered, forfeited('claim-1'))],
  ])('holds also one that %s', (_, model) =>
    expect(modelFromSnapshot(throughJson(modelToSnapshot(model)))).toEqual(model),
  );

  it.each([0, 1, 3, undefined])('is not read when its shape is not the present one but %s', (shape) => {
    const snapshot = modelToSnapshot(evolve(unregistered, iris));
    expect(modelFromSnapshot(throughJson({ ...snapshot, shape }))).toBeUndefined();
  });
});
