import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { NameClaimedError, modelNameDecider } from '../../../src/domain/model-name/model-name.js';
import type {
  ModelName,
  ModelNameCommand,
  ModelNameEvent,
} from '../../../src/domain/model-name/model-name.js';
import { specify } from '../../support/decider-spec.js';

const given = specify(modelNameDecider);

function claimed(claimId: string, supersedes: string | null = null): ModelNameEvent {
  return { type: 'NameClaimed', data: { name: 'iris', modelId: `model of ${claimId}`, claimId, supersedes } };
}

function released(claimId: string): ModelNameEvent {
  return { type: 'NameReleased', data: { name: 'iris', modelId: `model of ${claimId}`, claimId } };
}

function claim(claimId: string, supersedes: string | null = null): ModelNameCommand {
  return { type: 'ClaimName', name: 'iris', modelId: `model of ${claimId}`, claimId, supersedes };
}

function release(claimId: string): ModelNameCommand {
  return { type: 'ReleaseName', name: 'iris', claimId };
}

describe('a name', () => {
  it('is claimed when it is free', () => given().when(claim('a')).thenEvents(claimed('a')));

  it('is claimed when it has been released', () =>
    given(claimed('a'), released('a')).when(claim('b')).thenEvents(claimed('b')));

  it('is not claimed from one who has it', () =>
    given(claimed('a'))
      .when(claim('b'))
      .thenThrows(new NameClaimedError({ modelId: 'model of a', claimId: 'a' })));

  it('is claimed from one whose claim is known to be closed, on record which', () =>
    given(claimed('a')).when(claim('b', 'a')).thenEvents(claimed('b', 'a')));

  it('is not claimed from one by the closing of an earlier claim', () =>
    given(claimed('a'), claimed('b', 'a'))
      .when(claim('c', 'a'))
      .thenThrows(new NameClaimedError({ modelId: 'model of b', claimId: 'b' })));

  it('is released by the claim that has it', () =>
    given(claimed('a')).when(release('a')).thenEvents(released('a')));

  it.each([
    ['is free', []],
    ['was released by it before', [claimed('a'), released('a')]],
    ['has been claimed by another since', [claimed('a'), claimed('b', 'a')]],
  ])('is left alone by a claim that would release it when it %s', (_, history) =>
    given(...history)
      .when(release('a'))
      .thenNothing(),
  );

  it('belongs to the last that claimed it', () =>
    given(claimed('a'), claimed('b', 'a')).thenState({
      status: 'claimed',
      modelId: 'model of b',
      claimId: 'b',
    }));

  it('is known from its last event alone', () => {
    const event = fc.oneof(
      fc.constantFrom('a', 'b').map((id) => claimed(id)),
      fc.constantFrom('a', 'b').map(released),
    );
    fc.assert(
      fc.property(fc.array(event), event, (before, last) => {
        const { evolve, initialState } = modelNameDecider;
        const whole = [...before, last].reduce<ModelName>(evolve, initialState);
        expect(evolve(initialState, last)).toEqual(whole);
      }),
    );
  });
});
