import { Controller, Delete, Get, HttpCode, Patch, Post, Req, Res, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CreateWebhook } from '../../../application/commands/webhooks/create-webhook.js';
import { DeleteWebhook } from '../../../application/commands/webhooks/delete-webhook.js';
import { GivenSecret } from '../../../application/commands/webhooks/given-secret.js';
import { PauseWebhook } from '../../../application/commands/webhooks/pause-webhook.js';
import { ResumeWebhook } from '../../../application/commands/webhooks/resume-webhook.js';
import { RotateWebhookSecret } from '../../../application/commands/webhooks/rotate-webhook-secret.js';
import { TestWebhook } from '../../../application/commands/webhooks/test-webhook.js';
import { UpdateWebhook } from '../../../application/commands/webhooks/update-webhook.js';
import type { CommandContext } from '../../../application/deciding/command-context.js';
import { WebhooksReader } from '../../../application/queries/subscribers/webhooks-reader.js';
import { webhookNotFound } from '../../../domain/webhook/errors.js';
import { ReadModelGuard } from '../../read-model.guard.js';
import { Context } from '../../request-context.js';
import { apiBase, apiPath } from '../api-path.js';
import { Asked } from '../requests/asked.js';
import { NoParameters } from '../requests/problem.requests.js';
import { changesOf, newWebhookOf } from './asked-settings.js';
import { KnownSubscribers } from '../moments/known-subscribers.js';
import { PreviewMessages } from './preview.message.js';
import { WebhookAnswers } from './webhook-answers.js';
import {
  CreateWebhookRequest,
  ResumeWebhookRequest,
  RotateSecretRequest,
  UpdateWebhookRequest,
  WebhookRequest,
} from './webhook.requests.js';

/** Endpoints that are told what happens. */
@UseGuards(ReadModelGuard)
@Controller(`${apiPath}/webhooks`)
export class WebhooksController {
  constructor(
    private readonly commands: CommandBus,
    private readonly webhooks: WebhooksReader,
    private readonly known: KnownSubscribers,
    private readonly answers: WebhookAnswers,
    private readonly previews: PreviewMessages,
  ) {}

  @Post()
  async create(
    @Asked(CreateWebhookRequest) asked: CreateWebhookRequest,
    @Context() context: CommandContext,
    @Req() { url }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { dryRun } = asked;
    const command = new CreateWebhook(newWebhookOf(asked), { ...context, dryRun });
    const { webhook, secret } = await this.commands.execute(command);
    const preview = await this.previews.of(webhook);
    if (dryRun) {
      void reply.status(200);
      return { dryRun, webhook: { ...this.answers.message(webhook), id: null }, secret: null, ...preview };
    }
    void reply.status(201).header('location', `${apiBase(url)}/webhooks/${webhook.id}`);
    return { dryRun, webhook: this.answers.show(webhook, reply), secret, ...preview };
  }

  @Get()
  async list(@Asked(NoParameters) _asked: NoParameters) {
    await this.known.present();
    return { items: this.webhooks.all().map((webhook) => this.answers.message(webhook)) };
  }

  @Get(':webhook')
  async one(
    @Asked(WebhookRequest) { webhook: id }: WebhookRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.known.present();
    const webhook = this.webhooks.webhook(id);
    if (webhook === undefined) throw webhookNotFound(id);
    return { webhook: this.answers.show(webhook, reply) };
  }

  @Patch(':webhook')
  async update(
    @Asked(UpdateWebhookRequest) asked: UpdateWebhookRequest,
    @Context() context: CommandContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { webhook: id, dryRun } = asked;
    const command = (as: CommandContext) => new UpdateWebhook(id, changesOf(asked), null, { ...as, dryRun });
    const webhook = await this.answers.execute(id, command, context, request);
    const preview = await this.previews.of(webhook);
    return { dryRun, webhook: this.answers.show(webhook, reply), ...preview };
  }

  @Post(':webhook/pause')
  @HttpCode(200)
  async pause(
    @Asked(WebhookRequest) { webhook: id }: WebhookRequest,
    @Context() context: CommandContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = (as: CommandContext) => new PauseWebhook(id, as);
    return { webhook: this.answers.show(await this.answers.execute(id, command, context, request), reply) };
  }

  @Post(':webhook/resume')
  @HttpCode(200)
  async resume(
    @Asked(ResumeWebhookRequest) { webhook: id, from }: ResumeWebhookRequest,
    @Context() context: CommandContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = (as: CommandContext) => new ResumeWebhook(id, from, as);
    return { webhook: this.answers.show(await this.answers.execute(id, command, context, request), reply) };
  }

  @Post(':webhook/rotate-secret')
  @HttpCode(200)
  async rotateSecret(
    @Asked(RotateSecretRequest) asked: RotateSecretRequest,
    @Context() context: CommandContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { webhook: id, previousValidFor } = asked;
    const wish = asked.secret === undefined ? 'generated' : new GivenSecret(asked.secret);
    const command = (as: CommandContext) => new RotateWebhookSecret(id, wish, previousValidFor * 1_000, as);
    const { webhook, secret } = await this.answers.execute(id, command, context, request);
    return { webhook: this.answers.show(webhook, reply), secret };
  }

  /** A test is of what is there now, so that `If-Match` has no say. */
  @Post(':webhook/test')
  @HttpCode(200)
  async test(@Asked(WebhookRequest) { webhook: id }: WebhookRequest, @Context() context: CommandContext) {
    const { noticeType, status, error, milliseconds, excerpt } = await this.commands.execute(
      new TestWebhook(id, null, context),
    );
    const success = status !== null && status >= 200 && status < 300;
    return { success, type: noticeType, status, error, milliseconds, excerpt };
  }

  @Delete(':webhook')
  @HttpCode(204)
  async delete(
    @Asked(WebhookRequest) { webhook: id }: WebhookRequest,
    @Context() context: CommandContext,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.answers.execute(id, (as) => new DeleteWebhook(id, as), context, request);
  }
}
