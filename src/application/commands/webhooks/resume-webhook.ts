import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../../deciding/command-context.js';
import { StartPositions } from '../../deciding/start-positions.js';
import { WebhookCommands } from '../../deciding/webhook-commands.js';
import { webhookStream } from '../../history/webhook-codec.js';
import type { WebhookView } from '../../queries/subscribers/subscriber-views.js';
import { answerWebhook } from './answers.js';

/** Sends again to a webhook that was paused or disabled: from where it stopped on, or only what is recorded from now on. */
export class ResumeWebhook extends Command<WebhookView> {
  constructor(
    readonly webhookId: string,
    readonly from: 'whereItStopped' | 'now',
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ResumeWebhook)
export class ResumeWebhookHandler implements ICommandHandler<ResumeWebhook> {
  constructor(
    private readonly webhooks: WebhookCommands,
    private readonly starts: StartPositions,
  ) {}

  execute(command: ResumeWebhook): Promise<WebhookView> {
    const { webhookId, from } = command;
    return this.webhooks.execute(
      webhookStream(webhookId),
      command,
      async () => {
        const after = from === 'now' ? await this.starts.resolve('now', 'from') : null;
        return { type: 'ResumeWebhook', webhookId, after };
      },
      answerWebhook(webhookId),
    );
  }
}
