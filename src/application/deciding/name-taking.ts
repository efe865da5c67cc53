import { Logger } from '@nestjs/common';
import { NameClaimClosedError } from '../../domain/registered-model/errors.js';
import type { RegisteredModel } from '../../domain/registered-model/registered-model.js';
import { RegistryError } from '../../domain/registry-error.js';
import { LogUnavailableError } from '../ports/event-store.js';
import type { Envelope } from './envelope.js';
import { InTurn } from './in-turn.js';
import type { NameClaims } from './name-claims.js';
import { OvertakenError } from './stream-mailbox.js';

/**
 * What has to be done about names before and after a model takes one. Claims in this process queue up; only other nodes
 * and the dead leave claims that have to be closed.
 */
export class NameTaking {
  readonly #inTurn = new InTurn();
  readonly #log = new Logger('names');

  constructor(private readonly claims: NameClaims) {}

  /**
   * Does what takes a name under a claim to it, again under a new one if others close it, and gives the claim back when
   * it is refused.
   *
   * @param stillWanted throws when the name is not to be claimed, or not any more
   * @throws ModelNameTakenError when a live model has the name.
   */
  underClaim<Decided>(
    name: string,
    modelId: string,
    envelope: Envelope,
    take: (claimId: string) => Promise<Decided>,
    stillWanted: () => Promise<void>,
  ): Promise<Decided> {
    return this.#inTurn.run(name, async () => {
      for (;;) {
        await stillWanted();
        const claimId = await this.claims.claim(name, modelId, envelope);
        try {
          return await take(claimId);
        } catch (error) {
          if (error instanceof NameClaimClosedError) continue;
          if (error instanceof RegistryError || error instanceof OvertakenError) {
            await this.#afterwards(name, () => this.claims.release(name, { modelId, claimId }, envelope));
          }
          throw error;
        }
      }
    });
  }

  /** The name that a model has just given up is free again. */
  async release(name: string, model: RegisteredModel, envelope: Envelope): Promise<void> {
    await this.#afterwards(name, async () => {
      const claim = await this.claims.holderOf(name);
      if (claim && model.closedClaims.has(claim.claimId)) await this.claims.release(name, claim, envelope);
    });
  }

  /** What had to be done is done already: if this fails, whoever wants the name next takes it over. */
  async #afterwards(name: string, release: () => Promise<void>): Promise<void> {
    try {
      await release();
    } catch (error) {
      if (!(error instanceof LogUnavailableError)) throw error;
      this.#log.warn(`The name ${name} could not be released yet: ${error.message}`);
    }
  }
}
