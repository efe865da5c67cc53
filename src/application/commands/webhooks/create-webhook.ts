import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { WebhookSettings } from '../../../domain/webhook/events.js';
import type { CommandContext } from '../../deciding/command-context.js';
import { newId } from '../../deciding/idempotency.js';
import { StartPositions } from '../../deciding/start-positions.js';
import type { StartFrom } from '../../deciding/start-positions.js';
import { WebhookCommands } from '../../deciding/webhook-commands.js';
import { webhookStream } from '../../history/webhook-codec.js';
import type { WebhookView } from '../../queries/subscribers/subscriber-views.js';
import { answerWebhook } from './answers.js';
import type { SecretWish } from './given-secret.js';
import { WebhookAddresses } from './webhook-addresses.js';
import { WebhookSecrets } from './webhook-secrets.js';

/** A webhook as it was asked for. */
export interface NewWebhook {
  readonly settings: WebhookSettings;
  readonly startFrom: StartFrom;
  readonly secret: SecretWish;
  readonly status: 'active' | 'paused';
}

/** A webhook with the secret that its requests are signed with, which is told this once; null when they are not signed. */
export interface WebhookWithSecret {
  readonly webhook: WebhookView;
  readonly secret: string | null;
}

/** Begins to tell an endpoint what it wants to know. */
export class CreateWebhook extends Command<WebhookWithSecret> {
  constructor(
    readonly request: NewWebhook,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(CreateWebhook)
export class CreateWebhookHandler implements ICommandHandler<CreateWebhook> {
  constructor(
    private readonly webhooks: WebhookCommands,
    private readonly addresses: WebhookAddresses,
    private readonly secrets: WebhookSecrets,
    private readonly starts: StartPositions,
  ) {}

  execute(command: CreateWebhook): Promise<WebhookWithSecret> {
    const { settings, startFrom, secret, status } = command.request;
    const webhookId = newId(command);
    return this.webhooks.execute(
      webhookStream(webhookId),
      command,
      async () => {
        const url = await this.addresses.kept(settings.url);
        const after = await this.starts.resolve(startFrom, 'startFrom');
        const sealed = secret === 'none' ? null : this.secrets.sealed(secret);
        return {
          type: 'CreateWebhook',
          webhookId,
          settings: { ...settings, url },
          after,
          secret: sealed,
          status,
        };
      },
      (state, revision) => {
        const webhook = answerWebhook(webhookId)(state, revision);
        const [newest] = webhook.secrets;
        return { webhook, secret: newest ? this.secrets.shown(newest.sealed, secret, command) : null };
      },
    );
  }
}
