import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { WebhookSettings } from '../../../domain/webhook/events.js';
import type { CommandContext } from '../../deciding/command-context.js';
import { WebhookCommands } from '../../deciding/webhook-commands.js';
import { webhookStream } from '../../history/webhook-codec.js';
import type { WebhookView } from '../../queries/subscribers/subscriber-views.js';
import { answerWebhook } from './answers.js';
import { WebhookAddresses } from './webhook-addresses.js';

/** Changes the settings of a webhook that are named, and pauses or resumes it if `status` says so. */
export class UpdateWebhook extends Command<WebhookView> {
  constructor(
    readonly webhookId: string,
    readonly changes: Partial<WebhookSettings>,
    readonly status: 'active' | 'paused' | null,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(UpdateWebhook)
export class UpdateWebhookHandler implements ICommandHandler<UpdateWebhook> {
  constructor(
    private readonly webhooks: WebhookCommands,
    private readonly addresses: WebhookAddresses,
  ) {}

  execute(command: UpdateWebhook): Promise<WebhookView> {
    const { webhookId, changes, status } = command;
    return this.webhooks.execute(
      webhookStream(webhookId),
      command,
      async () => {
        return { type: 'UpdateWebhook', webhookId, changes: await this.addresses.keptIn(changes), status };
      },
      answerWebhook(webhookId),
    );
  }
}
