import type { DeliveryEvent } from '../../domain/delivery/events.js';
import { isGivenUp } from '../../domain/delivery/verdict.js';
import type { Position } from '../ports/event-store.js';
import type { WebhookView } from '../queries/subscribers/subscriber-views.js';
import { attemptDelivery } from './attempt.js';
import type { Due, Outcome } from './attempt.js';
import type { DeliveryLog } from './delivery-log.js';
import type { DispatchingParts } from './dispatching-parts.js';
import type { Endpoint, Permit } from './endpoint.js';
import type { Round } from './round.js';
import { termsOf } from './terms.js';

/** Makes single attempts to tell one webhook something, and puts them on record. */
export class Telling {
  /** @param maySend whether this node may send at this very moment */
  constructor(
    private readonly parts: DispatchingParts,
    private readonly round: Round,
    private readonly endpoint: Endpoint,
    private readonly log: DeliveryLog,
    private readonly maySend: () => boolean,
  ) {}

  /**
   * Makes an attempt as soon as the endpoint may be sent to.
   *
   * @param wishes how many there were when it was found to be due: with more, that may not be so any more
   * @param through up to where everything has been attempted once this has been; asked when it goes on record
   * @returns position of its event; undefined when nothing came of it, and what is due is to be found anew
   */
  async attempt(due: Due, wishes: number, through: () => Position): Promise<Position | undefined> {
    const { stopped, cutOff, webhookId } = this.round;
    await this.log.untilSound(stopped);
    const permit = await this.endpoint.permit();
    if (permit === undefined) return undefined;
    try {
      const webhook = this.parts.webhooks.webhook(webhookId);
      if (webhook === undefined || !this.#isAsBegun(webhook)) this.round.stop();
      if (!this.maySend()) this.round.cut();
      const isOutdated = wishes !== this.round.wishes.rings;
      if (webhook === undefined || stopped.aborted || isOutdated) return undefined;
      const outcome = await attemptDelivery(this.parts, webhook, due, cutOff);
      if (outcome === undefined) return undefined;
      const position = await this.#record(due, permit, outcome, through);
      await this.#giveUpOn(webhook, outcome);
      return position;
    } finally {
      this.endpoint.giveBack(permit);
    }
  }

  /** It may have been paused, or paused and resumed, before anybody has stopped this courier. */
  #isAsBegun(webhook: WebhookView): boolean {
    return webhook.status === 'active' && termsOf(this.parts, webhook) === this.round.terms;
  }

  #record({ notice }: Due, permit: Permit, { event }: Outcome, through: () => Position): Promise<Position> {
    const circuit = this.endpoint.judge(permit, event.data.outcome === 'delivered');
    const attempted: DeliveryEvent = { ...event, data: { ...event.data, through: through() } };
    const { eventId, correlationId } = notice.entry;
    const events = circuit === undefined ? [attempted] : [attempted, circuit];
    return this.log.record(events, { eventId, correlationId });
  }

  async #giveUpOn(webhook: WebhookView, { isGone, answer, event }: Outcome): Promise<void> {
    const { disable, deliveries, timing } = this.parts;
    if (isGone) {
      this.round.stop();
      return disable(webhook.id, 'gone', 'The endpoint answered 410 Gone.');
    }
    if (event.data.outcome !== 'parked') return;
    const lastDelivered = deliveries.progress(webhook.id)?.lastDeliveredAt ?? null;
    if (!isGivenUp(lastDelivered, webhook.updatedAt, timing.now())) return;
    this.round.stop();
    const last = answer.error ?? `it answered ${answer.status}`;
    await disable(webhook.id, 'failing', `Nothing has arrived for five days. The last time: ${last}`);
  }
}
