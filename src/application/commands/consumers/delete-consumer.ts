import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { consumerName } from '../../../domain/consumer/name.js';
import type { CommandContext } from '../../deciding/command-context.js';
import { ConsumerCommands } from '../../deciding/consumer-commands.js';
import { consumerStream } from '../../history/consumer-codec.js';

/** Forgets a consumer and its place. Its name may be taken again, which begins afresh. */
export class DeleteConsumer extends Command<void> {
  constructor(
    readonly name: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DeleteConsumer)
export class DeleteConsumerHandler implements ICommandHandler<DeleteConsumer> {
  constructor(private readonly consumers: ConsumerCommands) {}

  execute(command: DeleteConsumer): Promise<void> {
    const name = consumerName(command.name);
    return this.consumers.execute(
      consumerStream(name),
      command,
      () => ({ type: 'DeleteConsumer', name }),
      () => undefined,
    );
  }
}
