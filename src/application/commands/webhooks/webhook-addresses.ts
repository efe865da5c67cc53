import { Injectable } from '@nestjs/common';
import { RefusedParameterError } from '../../../domain/refused-parameter-error.js';
import { RegistryError } from '../../../domain/registry-error.js';
import type { WebhookSettings } from '../../../domain/webhook/events.js';
import { credentialsOf, withCredentials } from '../../../domain/webhook/url-credentials.js';
import { SecretBox } from '../../ports/secret-box.js';
import { WebhookSender } from '../../ports/webhook-sender.js';

/** The addresses that webhooks may have. */
@Injectable()
export class WebhookAddresses {
  constructor(
    private readonly sender: WebhookSender,
    private readonly box: SecretBox,
  ) {}

  /**
   * A URL that may be called, as it is kept: with user and password sealed, as one text in their place. Sealed anew, the
   * same ones are another text.
   *
   * @throws RefusedParameterError for `url`, in the words of {@link WebhookSender.refuseUnreachable}.
   * @throws RegistryError FEATURE_DISABLED when it has a password and the service has no key to seal it with.
   */
  async kept(url: string): Promise<string> {
    await this.#refuseUnreachable(url);
    const credentials = credentialsOf(url);
    return credentials === undefined ? url : withCredentials(url, this.box.seal(credentials));
  }

  /** The same of what is to change, if the URL is. */
  async keptIn(changes: Partial<WebhookSettings>): Promise<Partial<WebhookSettings>> {
    return changes.url === undefined ? changes : { ...changes, url: await this.kept(changes.url) };
  }

  async #refuseUnreachable(url: string): Promise<void> {
    try {
      await this.sender.refuseUnreachable(url);
    } catch (cause) {
      if (!(cause instanceof RegistryError)) throw cause;
      throw new RefusedParameterError('url', cause.message, { cause });
    }
  }
}
