import { randomUUID } from 'node:crypto';
import type { Envelopes } from '../notices/envelopes.js';
import type { IsAboutPrompt } from '../notices/about-prompt.js';
import { mlflowPayloadOf } from '../notices/mlflow-payload.js';
import type { Notice } from '../notices/notice.js';
import type { Clock } from '../ports/clock.js';
import type { SecretBox } from '../ports/secret-box.js';
import type { WebhookRequest } from '../ports/webhook-sender.js';
import type { WebhookView } from '../queries/subscribers/subscriber-views.js';
import { canBeTold } from '../../domain/webhook/mlflow-subscription.js';
import { deliveryId, deliveryRequest } from './delivery-request.js';
import type { DeliveryContent } from './delivery-request.js';
import { liveSecrets } from './live-secrets.js';

type Addressee = Pick<WebhookView, 'id' | 'url' | 'format' | 'secrets'>;

/** Puts what webhooks are told into requests. */
export class NoticeRequests {
  constructor(
    private readonly envelopes: Envelopes,
    private readonly isAboutPrompt: IsAboutPrompt,
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether the webhook's format has words for the notice, and the webhook wants to hear them. MLflow's has none for a
   * transition, for one.
   */
  canTell(notice: Notice, webhook: Pick<WebhookView, 'format' | 'filter' | 'mlflowEvents'>): boolean {
    return canBeTold(webhook, notice.type, () => this.isAboutPrompt(notice));
  }

  /**
   * @param attempt from 1
   * @param redelivery id of the event that asked for it, if somebody did
   * @throws SecretUnreadableError
   */
  requestOf(notice: Notice, webhook: Addressee, attempt: number, redelivery: string | null): WebhookRequest {
    const content = this.contentOf(notice, webhook);
    if (content === undefined) throw new Error(`MLflow has no words for ${notice.type}`);
    const id = deliveryId(webhook.id, notice.id);
    return this.#request(content, webhook, { id, attempt, isRedelivery: redelivery !== null });
  }

  /**
   * A request that is sent to see whether it arrives. It has an id of its own, and says `annals-test: true`, so that nobody
   * takes it for a notice.
   *
   * @throws SecretUnreadableError
   */
  sampleRequestOf(content: DeliveryContent, webhook: Addressee): WebhookRequest {
    const id = deliveryId(webhook.id, `test_${randomUUID()}`);
    const request = this.#request(content, webhook, { id, attempt: 1, isRedelivery: false });
    return { ...request, headers: { ...request.headers, 'annals-test': 'true' } };
  }

  /** A notice in the webhook's format; undefined when that has no words for it. */
  contentOf(notice: Notice, { format }: Addressee): DeliveryContent | undefined {
    if (format !== 'mlflow') return { format, event: this.envelopes.of(notice) };
    const payload = mlflowPayloadOf(notice, this.isAboutPrompt);
    return payload === undefined ? undefined : { format, payload };
  }

  #request(
    content: DeliveryContent,
    { url, secrets }: Addressee,
    what: { readonly id: string; readonly attempt: number; readonly isRedelivery: boolean },
  ): WebhookRequest {
    const at = this.clock.now();
    return deliveryRequest(content, { ...what, url, at, secrets: liveSecrets(secrets, at, this.box) });
  }
}
