import { Controller, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestRedelivery } from '../../../application/commands/webhooks/request-redelivery.js';
import type { CommandContext } from '../../../application/deciding/command-context.js';
import { DeliveriesReader } from '../../../application/queries/subscribers/deliveries-reader.js';
import { WebhooksReader } from '../../../application/queries/subscribers/webhooks-reader.js';
import { webhookNotFound } from '../../../domain/webhook/errors.js';
import { ReadModelGuard } from '../../read-model.guard.js';
import { Context } from '../../request-context.js';
import { pageAnswer } from '../answers.js';
import { apiPath } from '../api-path.js';
import { Pages } from '../pages/pages.js';
import { Asked } from '../requests/asked.js';
import { redeliveredOf } from './asked-redelivery.js';
import { attemptMessage, deliveryMessage } from './delivery.message.js';
import {
  AttemptsRequest,
  DeliveriesRequest,
  NoticeAttemptsRequest,
  RedeliveryRequest,
} from './delivery.requests.js';
import { KnownSubscribers } from '../moments/known-subscribers.js';
import { WebhookAnswers } from './webhook-answers.js';

/** What one webhook was told, and what it is to be told once more. Those of a deleted webhook stay. */
@UseGuards(ReadModelGuard)
@Controller(`${apiPath}/webhooks/:webhook`)
export class DeliveriesController {
  constructor(
    private readonly webhooks: WebhooksReader,
    private readonly deliveries: DeliveriesReader,
    private readonly known: KnownSubscribers,
    private readonly pages: Pages,
    private readonly answers: WebhookAnswers,
  ) {}

  @Get('deliveries')
  async list(
    @Asked(DeliveriesRequest) asked: DeliveriesRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { webhook, state } = asked;
    const { asOf, page } = await this.#start(asked, request);
    const what = { asOf: asOf.position, ...(state === undefined ? {} : { state }) };
    const found = this.deliveries.deliveries(webhook, what, page);
    const isActive = this.webhooks.webhook(webhook)?.status === 'active';
    const items = found.items.map((delivery) => deliveryMessage(delivery, isActive));
    return pageAnswer(reply, asOf, items, this.pages.next(found, asOf, request));
  }

  @Get('attempts')
  async attempts(
    @Asked(AttemptsRequest) asked: AttemptsRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { asOf, page } = await this.#start(asked, request);
    const found = this.deliveries.attempts(asked.webhook, { asOf: asOf.position }, page);
    return pageAnswer(reply, asOf, found.items.map(attemptMessage), this.pages.next(found, asOf, request));
  }

  @Get('deliveries/:notice/attempts')
  async attemptsOfOne(
    @Asked(NoticeAttemptsRequest) asked: NoticeAttemptsRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { webhook, notice: noticeId } = asked;
    const { asOf, page } = await this.#start(asked, request);
    const found = this.deliveries.attempts(webhook, { noticeId, asOf: asOf.position }, page);
    return pageAnswer(reply, asOf, found.items.map(attemptMessage), this.pages.next(found, asOf, request));
  }

  @Post('redeliveries')
  @HttpCode(200)
  async redeliver(
    @Asked(RedeliveryRequest) asked: RedeliveryRequest,
    @Context() context: CommandContext,
    @Req() request: FastifyRequest,
  ) {
    const { webhook: id, dryRun } = asked;
    const redelivered = redeliveredOf(asked);
    await this.known.present();
    const deliveries = this.deliveries.count(id, redelivered);
    const command = (as: CommandContext) => new RequestRedelivery(id, redelivered, { ...as, dryRun });
    await this.answers.execute(id, command, context, request);
    return { dryRun, deliveries };
  }

  async #start(asked: AttemptsRequest, request: FastifyRequest) {
    const start = this.pages.startAt(await this.known.present(), asked, request);
    if (this.webhooks.nameOf(asked.webhook) === undefined) throw webhookNotFound(asked.webhook);
    return start;
  }
}
