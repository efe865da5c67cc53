import { assertNever } from '../decider.js';
import type { Decider } from '../decider.js';

/**
 * A model's name, claimed in a small stream of its own so that no two live models can hold it (ADR 0003).
 *
 * A claim alone does not make a model own the name: the model's own stream says whether it took it. A claim may be
 * superseded only by somebody who has made sure that its holder can never use it any more.
 */
export type ModelName =
  | { readonly status: 'free' }
  | { readonly status: 'claimed'; readonly modelId: string; readonly claimId: string };

export type ModelNameCommand =
  | {
      readonly type: 'ClaimName';
      readonly name: string;
      readonly modelId: string;
      readonly claimId: string;
      /** The claim that is known to be closed, if the name is not free. */
      readonly supersedes: string | null;
    }
  | { readonly type: 'ReleaseName'; readonly name: string; readonly claimId: string };

export type ModelNameEvent =
  | {
      readonly type: 'NameClaimed';
      readonly data: {
        readonly name: string;
        readonly modelId: string;
        readonly claimId: string;
        readonly supersedes: string | null;
      };
    }
  | {
      readonly type: 'NameReleased';
      readonly data: { readonly name: string; readonly modelId: string; readonly claimId: string };
    };

/** Somebody else holds the name under a claim that is not known to be closed. */
export class NameClaimedError extends Error {
  override readonly name = 'NameClaimedError';

  constructor(readonly claim: { readonly modelId: string; readonly claimId: string }) {
    super(`The name is claimed by model ${claim.modelId}`);
  }
}

function decide(state: ModelName, command: ModelNameCommand): readonly ModelNameEvent[] {
  switch (command.type) {
    case 'ClaimName': {
      const { name, modelId, claimId, supersedes } = command;
      if (state.status === 'claimed' && state.claimId !== supersedes) throw new NameClaimedError(state);
      return [{ type: 'NameClaimed', data: { name, modelId, claimId, supersedes } }];
    }
    case 'ReleaseName': {
      if (state.status === 'free' || state.claimId !== command.claimId) return [];
      const { modelId, claimId } = state;
      return [{ type: 'NameReleased', data: { name: command.name, modelId, claimId } }];
    }
    default:
      return assertNever(command);
  }
}

function evolve(_state: ModelName, event: ModelNameEvent): ModelName {
  switch (event.type) {
    case 'NameClaimed':
      return { status: 'claimed', modelId: event.data.modelId, claimId: event.data.claimId };
    case 'NameReleased':
      return { status: 'free' };
    default:
      return assertNever(event);
  }
}

export const modelNameDecider: Decider<ModelName, ModelNameCommand, ModelNameEvent> = {
  initialState: { status: 'free' },
  decide,
  evolve,
};
