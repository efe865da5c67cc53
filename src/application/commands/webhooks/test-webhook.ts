import type { OnModuleDestroy } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { webhookNotFound } from '../../../domain/webhook/errors.js';
import { mlflowEvents } from '../../../domain/webhook/mlflow-events.js';
import type { MlflowEvent } from '../../../domain/webhook/mlflow-events.js';
import { mlflowEventsOf } from '../../../domain/webhook/mlflow-subscription.js';
import { liveWebhook } from '../../../domain/webhook/webhook.js';
import type { LiveWebhook, WebhookTest } from '../../../domain/webhook/webhook.js';
import type { CommandContext } from '../../deciding/command-context.js';
import { WebhookCommands } from '../../deciding/webhook-commands.js';
import type { DeliveryContent } from '../../dispatching/delivery-request.js';
import { NoticeRequests } from '../../dispatching/notice-requests.js';
import { webhookStream } from '../../history/webhook-codec.js';
import { Envelopes } from '../../notices/envelopes.js';
import { mlflowSampleOf } from '../../notices/mlflow-samples.js';
import { sampleNotice } from '../../notices/sample-notice.js';
import { Clock } from '../../ports/clock.js';
import { WebhookSender } from '../../ports/webhook-sender.js';
import { WebhookSecrets } from './webhook-secrets.js';

/**
 * Sends a sample to a webhook, as everything else is sent to it, and answers what came of it; also to one that is paused
 * or disabled. It is sent once, and not tried again. When the service stops, it is given up.
 */
export class TestWebhook extends Command<WebhookTest> {
  constructor(
    readonly webhookId: string,
    /** Which of MLflow's events, for a webhook of MLflow's format; null for the first that it is told. */
    readonly mlflowEvent: MlflowEvent | null,
    readonly context: CommandContext,
  ) {
    super();
  }
}

interface Sample {
  readonly type: string;
  readonly content: DeliveryContent;
}

@CommandHandler(TestWebhook)
export class TestWebhookHandler implements ICommandHandler<TestWebhook>, OnModuleDestroy {
  readonly #stopping = new AbortController();

  constructor(
    private readonly webhooks: WebhookCommands,
    private readonly requests: NoticeRequests,
    private readonly envelopes: Envelopes,
    private readonly secrets: WebhookSecrets,
    private readonly sender: WebhookSender,
    private readonly clock: Clock,
  ) {}

  execute(command: TestWebhook): Promise<WebhookTest> {
    const { webhookId } = command;
    const stream = webhookStream(webhookId);
    return this.webhooks.execute(
      stream,
      command,
      async () => {
        const webhook = liveWebhook(await this.webhooks.current(stream));
        if (webhook === undefined) throw webhookNotFound(webhookId);
        return { type: 'RecordWebhookTest', webhookId, ...(await this.#sent(command, webhook)) };
      },
      (state) => {
        const test = liveWebhook(state)?.lastTest;
        if (!test) throw new Error(`A test of the webhook ${webhookId} was not recorded`);
        return test;
      },
    );
  }

  /** An endpoint that does not answer holds up nothing that stops. */
  onModuleDestroy(): void {
    this.#stopping.abort();
  }

  async #sent(command: TestWebhook, { settings, secrets }: LiveWebhook): Promise<WebhookTest> {
    const { type, content } = this.#sample(command, settings);
    const { url, format } = settings;
    const addressee = { id: command.webhookId, url, format, secrets };
    const request = this.secrets.using(() => this.requests.sampleRequestOf(content, addressee));
    const { status, error, milliseconds, excerpt } = await this.sender.send(request, this.#stopping.signal);
    return { noticeType: type, status, error, milliseconds, excerpt };
  }

  #sample({ mlflowEvent, context }: TestWebhook, settings: LiveWebhook['settings']): Sample {
    const at = this.clock.now();
    if (settings.format === 'mlflow') {
      const event = mlflowEvent ?? mlflowEventsOf(settings)[0] ?? mlflowEvents[0];
      return { type: event, content: { format: 'mlflow', payload: mlflowSampleOf(event, at) } };
    }
    const notice = sampleNotice(settings.filter, context, at);
    return { type: notice.type, content: { format: settings.format, event: this.envelopes.of(notice) } };
  }
}
