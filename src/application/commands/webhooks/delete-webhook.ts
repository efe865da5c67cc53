import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../../deciding/command-context.js';
import { WebhookCommands } from '../../deciding/webhook-commands.js';
import { webhookStream } from '../../history/webhook-codec.js';
import { answerNothing } from '../answers.js';

/** Tells an endpoint nothing more. What it was told stays on record. */
export class DeleteWebhook extends Command<void> {
  constructor(
    readonly webhookId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DeleteWebhook)
export class DeleteWebhookHandler implements ICommandHandler<DeleteWebhook> {
  constructor(private readonly webhooks: WebhookCommands) {}

  execute(command: DeleteWebhook): Promise<void> {
    const { webhookId } = command;
    return this.webhooks.execute(
      webhookStream(webhookId),
      command,
      () => ({ type: 'DeleteWebhook', webhookId }),
      answerNothing,
    );
  }
}
