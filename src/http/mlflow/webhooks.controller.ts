import { Controller, Delete, Get, HttpCode, Param, Patch, Post, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { CreateWebhook } from '../../application/commands/webhooks/create-webhook.js';
import { DeleteWebhook } from '../../application/commands/webhooks/delete-webhook.js';
import { GivenSecret } from '../../application/commands/webhooks/given-secret.js';
import { ReviseWebhook } from '../../application/commands/webhooks/revise-webhook.js';
import { TestWebhook } from '../../application/commands/webhooks/test-webhook.js';
import type { CommandContext } from '../../application/deciding/command-context.js';
import type { WebhookView } from '../../application/queries/subscribers/subscriber-views.js';
import { WebhooksReader } from '../../application/queries/subscribers/webhooks-reader.js';
import { webhookNotFound } from '../../domain/webhook/errors.js';
import { Context } from '../request-context.js';
import { listed } from './messages.js';
import { MlflowRequest } from './mlflow-request.js';
import { ReadModelGuard } from '../read-model.guard.js';
import {
  CreateWebhookRequest,
  ListWebhooksRequest,
  TestWebhookRequest,
  UpdateWebhookRequest,
} from './requests/webhook.requests.js';
import type { MlflowWebhookStatus } from './requests/webhook.requests.js';
import { mlflowPaths } from './routes.js';
import { nextPageToken } from './search/page-token.js';
import { changedSettings, newSettings } from './webhooks/asked-settings.js';
import { readEvent } from './webhooks/event-message.js';
import { testResultMessage } from './webhooks/test-result-message.js';
import { isKnownToMlflow, webhookMessage } from './webhooks/webhook-message.js';
import { allWebhooks, webhookPage } from './webhooks/webhook-page.js';
import { WorkspaceGuard } from './workspace.guard.js';

/**
 * `webhooks` of MLflow's REST API. It knows webhooks of MLflow's format alone: MLflow's clients fail on events that they
 * do not know.
 */
@UseGuards(WorkspaceGuard, ReadModelGuard)
@Controller(mlflowPaths('webhooks'))
export class WebhooksController {
  constructor(
    private readonly commands: CommandBus,
    private readonly webhooks: WebhooksReader,
  ) {}

  @Post()
  @HttpCode(200)
  async create(
    @MlflowRequest(CreateWebhookRequest) request: CreateWebhookRequest,
    @Context() context: CommandContext,
  ) {
    const { webhook } = await this.commands.execute(
      new CreateWebhook(
        {
          settings: newSettings(request),
          startFrom: 'now',
          secret: request.secret === '' ? 'none' : new GivenSecret(request.secret),
          status: statusOf(request.status),
        },
        context,
      ),
    );
    return { webhook: webhookMessage(webhook) };
  }

  @Get()
  list(@MlflowRequest(ListWebhooksRequest) request: ListWebhooksRequest) {
    const page = webhookPage(this.webhooks.all().filter(isKnownToMlflow), request);
    return {
      ...listed('webhooks', page.items.map(webhookMessage)),
      ...nextPageToken(allWebhooks, page),
    };
  }

  @Get(':id')
  get(@Param('id') id: string) {
    return { webhook: webhookMessage(this.#known(id)) };
  }

  @Patch(':id')
  async update(
    @Param('id') id: string,
    @MlflowRequest(UpdateWebhookRequest) request: UpdateWebhookRequest,
    @Context() context: CommandContext,
  ) {
    const { status, secret } = request;
    const revision = {
      changes: changedSettings(request, this.#known(id)),
      secret: secret === '' ? null : new GivenSecret(secret),
      status: status === undefined ? null : statusOf(status),
    };
    const webhook = await this.commands.execute(new ReviseWebhook(id, revision, context));
    return { webhook: webhookMessage(webhook) };
  }

  @Delete(':id')
  async delete(@Param('id') id: string, @Context() context: CommandContext) {
    this.#known(id);
    await this.commands.execute(new DeleteWebhook(id, context));
    return {};
  }

  @Post(':id/test')
  @HttpCode(200)
  async test(
    @Param('id') id: string,
    @MlflowRequest(TestWebhookRequest) request: TestWebhookRequest,
    @Context() context: CommandContext,
  ) {
    const event = request.event === undefined ? null : readEvent(request.event);
    this.#known(id);
    return { result: testResultMessage(await this.commands.execute(new TestWebhook(id, event, context))) };
  }

  #known(id: string): WebhookView {
    const webhook = this.webhooks.webhook(id);
    if (webhook === undefined || !isKnownToMlflow(webhook)) throw webhookNotFound(id);
    return webhook;
  }
}

function statusOf(status: MlflowWebhookStatus): 'active' | 'paused' {
  return status === 'ACTIVE' ? 'active' : 'paused';
}
