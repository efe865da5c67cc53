import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../../deciding/command-context.js';
import { WebhookCommands } from '../../deciding/webhook-commands.js';
import { webhookStream } from '../../history/webhook-codec.js';
import type { WebhookView } from '../../queries/subscribers/subscriber-views.js';
import { answerWebhook } from './answers.js';

/** Sends a webhook nothing until it is resumed. Nothing is lost meanwhile. */
export class PauseWebhook extends Command<WebhookView> {
  constructor(
    readonly webhookId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(PauseWebhook)
export class PauseWebhookHandler implements ICommandHandler<PauseWebhook> {
  constructor(private readonly webhooks: WebhookCommands) {}

  execute(command: PauseWebhook): Promise<WebhookView> {
    const { webhookId } = command;
    return this.webhooks.execute(
      webhookStream(webhookId),
      command,
      () => ({ type: 'PauseWebhook', webhookId }),
      answerWebhook(webhookId),
    );
  }
}
