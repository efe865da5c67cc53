import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { WebhookSettings } from '../../../domain/webhook/events.js';
import type { CommandContext } from '../../deciding/command-context.js';
import { StartPositions } from '../../deciding/start-positions.js';
import { WebhookCommands } from '../../deciding/webhook-commands.js';
import { webhookStream } from '../../history/webhook-codec.js';
import type { WebhookView } from '../../queries/subscribers/subscriber-views.js';
import { answerWebhook } from './answers.js';
import type { GivenSecret } from './given-secret.js';
import { WebhookAddresses } from './webhook-addresses.js';
import { WebhookSecrets } from './webhook-secrets.js';

/** What is to change. Null stays as it is. */
export interface WebhookRevision {
  readonly changes: Partial<WebhookSettings>;
  readonly secret: GivenSecret | null;
  readonly status: 'active' | 'paused' | null;
}

/**
 * Changes everything about a webhook at once, as MLflow's API has it: settings, status, and the secret, without a time in
 * which the one before is still good. One that is resumed is told what is recorded from now on.
 */
export class ReviseWebhook extends Command<WebhookView> {
  constructor(
    readonly webhookId: string,
    readonly revision: WebhookRevision,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ReviseWebhook)
export class ReviseWebhookHandler implements ICommandHandler<ReviseWebhook> {
  constructor(
    private readonly webhooks: WebhookCommands,
    private readonly addresses: WebhookAddresses,
    private readonly secrets: WebhookSecrets,
    private readonly starts: StartPositions,
  ) {}

  execute(command: ReviseWebhook): Promise<WebhookView> {
    const { webhookId, revision } = command;
    const { changes, secret, status } = revision;
    return this.webhooks.execute(
      webhookStream(webhookId),
      command,
      async () => {
        return {
          type: 'UpdateWebhook',
          webhookId,
          changes: await this.addresses.keptIn(changes),
          status,
          ...(status === 'active' && { after: await this.starts.resolve('now', 'status') }),
          ...(secret !== null && { secret: this.secrets.sealed(secret) }),
        };
      },
      (state, streamRevision) => {
        const webhook = answerWebhook(webhookId)(state, streamRevision);
        const [newest] = webhook.secrets;
        if (secret !== null && newest) this.secrets.shown(newest.sealed, secret, command);
        return webhook;
      },
    );
  }
}
