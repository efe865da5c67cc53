import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RegistryError } from '../../../domain/registry-error.js';
import type { SealedText } from '../../../domain/webhook/events.js';
import { secretBytes, secretOf } from '../../../domain/webhook/secret.js';
import { keyUsedOtherwise } from '../../deciding/idempotency.js';
import type { ContextualCommand } from '../../deciding/idempotency.js';
import { SecretBox, SecretUnreadableError } from '../../ports/secret-box.js';
import { GivenSecret } from './given-secret.js';
import type { SecretWish } from './given-secret.js';

/** Makes the secrets of webhooks, seals them for the log and opens them for the one answer in which they are shown. */
@Injectable()
export class WebhookSecrets {
  constructor(private readonly box: SecretBox) {}

  /** @throws RegistryError FEATURE_DISABLED when the service has no key to seal it with. */
  sealed(wish: Exclude<SecretWish, 'none'>): SealedText {
    return this.box.seal(wish instanceof GivenSecret ? wish.text : secretOf(randomBytes(secretBytes)));
  }

  /**
   * The secret that a command has set, for its answer: also when the command is repeated with its Idempotency-Key.
   *
   * @throws RegistryError RESOURCE_CONFLICT when the repetition brings another secret, or when it cannot be read.
   */
  shown(sealed: SealedText, wish: SecretWish, { context }: ContextualCommand): string {
    const secret = this.opened(sealed);
    if (wish instanceof GivenSecret && wish.text !== secret) throw keyUsedOtherwise(context.idempotencyKey);
    return secret;
  }

  /** @throws RegistryError RESOURCE_CONFLICT when the service does not have the key that it was sealed with. */
  opened(sealed: SealedText): string {
    return this.using(() => this.box.open(sealed));
  }

  /** Does what needs secrets to be opened. Throws as {@link opened} does. */
  using<Result>(task: () => Result): Result {
    try {
      return task();
    } catch (cause) {
      if (!(cause instanceof SecretUnreadableError)) throw cause;
      throw new RegistryError(
        'RESOURCE_CONFLICT',
        'The secret of this webhook cannot be read with the keys that the service has. Rotate it.',
        { cause },
      );
    }
  }
}
