import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Command } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandContext } from '../../../application/deciding/command-context.js';
import { SubscriberChangedError } from '../../../application/deciding/subscriber-changed-error.js';
import { Clock } from '../../../application/ports/clock.js';
import { DeliveriesReader } from '../../../application/queries/subscribers/deliveries-reader.js';
import type { WebhookView } from '../../../application/queries/subscribers/subscriber-views.js';
import { Problem } from '../problems/problem.js';
import { expectedRevision, sayWebhookEtag, webhookEtag } from './webhook-etag.js';
import { webhookMessage } from './webhook.message.js';

/** Sends commands to webhooks and shows what came of them. */
@Injectable()
export class WebhookAnswers {
  constructor(
    private readonly commands: CommandBus,
    private readonly deliveries: DeliveriesReader,
    private readonly clock: Clock,
  ) {}

  /**
   * Executes a command on an existing webhook, minding `If-Match`.
   *
   * @param commandIn makes the command, with the context that it is given
   * @throws Problem PRECONDITION_FAILED with the present `ETag` when the webhook is at another revision.
   */
  async execute<Result>(
    id: string,
    commandIn: (context: CommandContext) => Command<Result>,
    context: CommandContext,
    request: FastifyRequest,
  ): Promise<Result> {
    const expected = expectedRevision(id, request);
    const asked = expected === undefined ? context : { ...context, expectedRevision: expected };
    try {
      return await this.commands.execute(commandIn(asked));
    } catch (error) {
      if (!(error instanceof SubscriberChangedError) || error.actual === 'no-stream') throw error;
      const etag = webhookEtag({ id, revision: error.actual });
      throw new Problem('PRECONDITION_FAILED', error.message, { etag });
    }
  }

  /** The webhook as it is shown, and its `ETag`. */
  show(webhook: WebhookView, reply: FastifyReply) {
    sayWebhookEtag(webhook, reply);
    return this.message(webhook);
  }

  message(webhook: WebhookView) {
    return webhookMessage(webhook, this.deliveries.progress(webhook.id), this.clock.now());
  }
}
