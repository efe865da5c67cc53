import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { RegistryError } from '../../../domain/registry-error.js';
import type { Redelivered } from '../../../domain/webhook/events.js';
import type { CommandContext } from '../../deciding/command-context.js';
import { WebhookCommands } from '../../deciding/webhook-commands.js';
import { webhookStream } from '../../history/webhook-codec.js';
import { DeliveriesReader } from '../../queries/subscribers/deliveries-reader.js';
import { WebhooksReader } from '../../queries/subscribers/webhooks-reader.js';
import { answerNothing } from '../answers.js';

/** Has a webhook told once more what it was told already, or could not be told: with the same ids, and at once. */
export class RequestRedelivery extends Command<void> {
  constructor(
    readonly webhookId: string,
    readonly redelivered: Redelivered,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RequestRedelivery)
export class RequestRedeliveryHandler implements ICommandHandler<RequestRedelivery> {
  constructor(
    private readonly commands: WebhookCommands,
    private readonly webhooks: WebhooksReader,
    private readonly deliveries: DeliveriesReader,
  ) {}

  execute(command: RequestRedelivery): Promise<void> {
    const { webhookId, redelivered } = command;
    return this.commands.execute(
      webhookStream(webhookId),
      command,
      () => {
        if ('noticeId' in redelivered) this.#refuseUntold(webhookId, redelivered.noticeId);
        return { type: 'RequestRedelivery', webhookId, redelivered };
      },
      answerNothing,
    );
  }

  #refuseUntold(webhookId: string, noticeId: string): void {
    if (this.webhooks.webhook(webhookId) === undefined) return;
    if (this.deliveries.delivery(webhookId, noticeId) !== undefined) return;
    throw new RegistryError(
      'RESOURCE_DOES_NOT_EXIST',
      `Webhook ${webhookId} has not been told the notice ${noticeId}, so that it cannot be told once more.`,
    );
  }
}
