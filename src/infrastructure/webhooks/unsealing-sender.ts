import { SecretUnreadableError } from '../../application/ports/secret-box.js';
import type { SecretBox } from '../../application/ports/secret-box.js';
import { WebhookSender } from '../../application/ports/webhook-sender.js';
import type { WebhookAnswer, WebhookRequest } from '../../application/ports/webhook-sender.js';
import { credentialsOf, withCredentials } from '../../domain/webhook/url-credentials.js';

/**
 * Sends to URLs as they are kept: what is sealed in place of user and password is opened for the request, and for nothing
 * else. Where it cannot be opened nothing is sent, and the answer says why.
 */
export class UnsealingSender extends WebhookSender {
  constructor(
    private readonly sender: WebhookSender,
    private readonly box: SecretBox,
  ) {
    super();
  }

  override async send(request: WebhookRequest, signal?: AbortSignal): Promise<WebhookAnswer> {
    let url: string;
    try {
      url = this.#opened(request.url);
    } catch (error) {
      if (!(error instanceof SecretUnreadableError)) throw error;
      return { status: null, error: error.message, excerpt: null, retryAfter: null, milliseconds: 0 };
    }
    return this.sender.send({ ...request, url }, signal);
  }

  /** Of a URL that is not kept yet, and has nothing sealed. */
  override refuseUnreachable(url: string): Promise<void> {
    return this.sender.refuseUnreachable(url);
  }

  #opened(url: string): string {
    const sealed = credentialsOf(url);
    return sealed === undefined ? url : withCredentials(url, this.box.open(sealed));
  }
}
