import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '../../deciding/command-context.js';
import { WebhookCommands } from '../../deciding/webhook-commands.js';
import { webhookStream } from '../../history/webhook-codec.js';
import { answerWebhook } from './answers.js';
import type { WebhookWithSecret } from './create-webhook.js';
import type { SecretWish } from './given-secret.js';
import { WebhookSecrets } from './webhook-secrets.js';

/** Signs the requests of a webhook with another secret, and for a while with the one before, too. */
export class RotateWebhookSecret extends Command<WebhookWithSecret> {
  constructor(
    readonly webhookId: string,
    readonly secret: Exclude<SecretWish, 'none'>,
    /** For how long the secret before stays valid, in milliseconds. */
    readonly previousValidFor: number,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RotateWebhookSecret)
export class RotateWebhookSecretHandler implements ICommandHandler<RotateWebhookSecret> {
  constructor(
    private readonly webhooks: WebhookCommands,
    private readonly secrets: WebhookSecrets,
  ) {}

  execute(command: RotateWebhookSecret): Promise<WebhookWithSecret> {
    const { webhookId, previousValidFor } = command;
    return this.webhooks.execute(
      webhookStream(webhookId),
      command,
      () => ({
        type: 'RotateWebhookSecret',
        webhookId,
        secret: this.secrets.sealed(command.secret),
        previousValidFor,
      }),
      (state, revision) => {
        const webhook = answerWebhook(webhookId)(state, revision);
        const [newest] = webhook.secrets;
        return {
          webhook,
          secret: newest ? this.secrets.shown(newest.sealed, command.secret, command) : null,
        };
      },
    );
  }
}
