import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../../deciding/command-context.js';
import { WebhookCommands } from '../../deciding/webhook-commands.js';
import { webhookStream } from '../../history/webhook-codec.js';
import type { WebhookView } from '../../queries/subscribers/subscriber-views.js';
import { answerWebhook } from './answers.js';

/** The service gives up on a webhook: its endpoint is gone or has failed for too long. It can be resumed. */
export class DisableWebhook extends Command<WebhookView> {
  constructor(
    readonly webhookId: string,
    readonly reason: 'gone' | 'failing',
    /** For people. */
    readonly detail: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DisableWebhook)
export class DisableWebhookHandler implements ICommandHandler<DisableWebhook> {
  constructor(private readonly webhooks: WebhookCommands) {}

  execute(command: DisableWebhook): Promise<WebhookView> {
    const { webhookId, reason, detail } = command;
    return this.webhooks.execute(
      webhookStream(webhookId),
      command,
      () => ({ type: 'DisableWebhook', webhookId, reason, detail }),
      answerWebhook(webhookId),
    );
  }
}
