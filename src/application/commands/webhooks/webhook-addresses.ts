import { Injectable } from '@nestjs/common';
import { RefusedParameterError } from '../../../domain/refused-parameter-error.js';
import { RegistryError } from '../../../domain/registry-error.js';
import { WebhookSender } from '../../ports/webhook-sender.js';

/** The addresses that webhooks may have. */
@Injectable()
export class WebhookAddresses {
  constructor(private readonly sender: WebhookSender) {}

  /** @throws RefusedParameterError for `url`, in the words of {@link WebhookSender.refuseUnreachable}. */
  async refuseUnreachable(url: string): Promise<void> {
    try {
      await this.sender.refuseUnreachable(url);
    } catch (cause) {
      if (!(cause instanceof RegistryError)) throw cause;
      throw new RefusedParameterError('url', cause.message, { cause });
    }
  }
}
