import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { modelNameDecider } from '../../domain/model-name/model-name.js';
import type { ModelName, ModelNameCommand } from '../../domain/model-name/model-name.js';
import { ModelNameTakenError } from '../../domain/registered-model/errors.js';
import { isPrompt } from '../../domain/registered-model/prompt.js';
import { liveModelNamed } from '../../domain/registered-model/registered-model.js';
import { decodeModelNameEvent, modelNameStream } from '../history/model-name-codec.js';
import { WrongExpectedRevisionError } from '../ports/event-store.js';
import type { EventStore } from '../ports/event-store.js';
import type { Envelope } from './envelope.js';
import type { RegisteredModels } from './registered-models.js';
import type { Loaded } from './stream-repository.js';

/** A name's state and the revision up to which it holds. */
type LoadedName = Omit<Loaded<ModelName>, 'readUpTo'>;

/** A name claim that a model holds. */
export interface Claim {
  readonly modelId: string;
  readonly claimId: string;
}

/**
 * Which model may take which name, so that no two live models ever share one, whatever crashes or races (ADR 0003).
 *
 * To take a name: claim it here, then record in the model's stream that the model took it under that claim, then
 * release the name it had. A claimant that dies in between leaves a claim behind. Whoever meets it closes it first, by
 * an event in the claimant's stream after which the claimant can never use it, and only then takes over. Every step is
 * an append at an exact revision; no step depends on a clock.
 */
export class NameClaims {
  /** @param courtesy milliseconds that a live claimant is given to finish before its claim is closed */
  constructor(
    private readonly store: EventStore,
    private readonly models: RegisteredModels,
    private readonly courtesy = 50,
  ) {}

  /** The claim on a name, used or not; undefined when the name is free. */
  async holderOf(name: string): Promise<Claim | undefined> {
    const { state } = await this.#load(name);
    return state.status === 'claimed' ? state : undefined;
  }

  /**
   * Only looks whether a name could be claimed now.
   *
   * @throws ModelNameTakenError when a live model has the name.
   */
  async refuseTaken(name: string): Promise<void> {
    const claim = await this.holderOf(name);
    const holder = claim && liveModelNamed(await this.models.current(claim.modelId), name);
    if (holder) throw new ModelNameTakenError(name, isPrompt(holder.tags));
  }

  /**
   * Claims a name for a model and answers the claim's id.
   *
   * @throws ModelNameTakenError when a live model has the name.
   */
  async claim(name: string, modelId: string, envelope: Envelope): Promise<string> {
    for (;;) {
      const loaded = await this.#load(name);
      const supersedes = loaded.state.status === 'claimed' ? loaded.state.claimId : null;
      if (loaded.state.status === 'claimed') await this.#close(name, loaded.state, envelope);
      const claimId = randomUUID();
      const command = { type: 'ClaimName', name, modelId, claimId, supersedes } as const;
      if (await this.#append(name, loaded, command, envelope)) return claimId;
    }
  }

  /**
   * Gives back a name that its model does not have, unless somebody has taken over already. The claim has to be closed,
   * used up or forfeited, or known to the caller alone, who does not use it.
   */
  async release(name: string, claim: Claim, envelope: Envelope): Promise<void> {
    const loaded = await this.#load(name);
    await this.#append(name, loaded, { type: 'ReleaseName', name, claimId: claim.claimId }, envelope);
  }

  /** Makes sure that a claim cannot be used any more, or says that it was used and the name is taken. */
  async #close(name: string, { modelId, claimId }: Claim, envelope: Envelope): Promise<void> {
    const holder = await this.models.current(modelId);
    const open = !liveModelNamed(holder, name) && !holder.closedClaims.has(claimId);
    if (open) await pause(this.courtesy);
    await this.models.decide(modelId, { type: 'ForfeitNameClaim', name, claimId }, envelope);
  }

  /** The newest event of a name tells all about it. */
  async #load(name: string): Promise<LoadedName> {
    const newest = { direction: 'backwards', limit: 1 } as const;
    for await (const event of this.store.readStream(modelNameStream(name), newest)) {
      const state = modelNameDecider.evolve(modelNameDecider.initialState, decodeModelNameEvent(event));
      return { state, revision: event.revision };
    }
    return { state: modelNameDecider.initialState, revision: 'no-stream' };
  }

  /** False when another claimant was faster. */
  async #append(
    name: string,
    { state, revision }: LoadedName,
    command: ModelNameCommand,
    envelope: Envelope,
  ): Promise<boolean> {
    const metadata = { ...envelope.metadata() };
    const events = modelNameDecider
      .decide(state, command)
      .map(({ type, data }) => ({ id: randomUUID(), type, data, metadata }));
    if (events.length === 0) return true;
    try {
      await this.store.append(modelNameStream(name), revision, events);
      return true;
    } catch (error) {
      if (error instanceof WrongExpectedRevisionError) return false;
      throw error;
    }
  }
}
