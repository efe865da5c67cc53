import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { consumerName } from '../../../domain/consumer/name.js';
import type { CommandContext } from '../../deciding/command-context.js';
import { ConsumerCommands } from '../../deciding/consumer-commands.js';
import { consumerStream } from '../../history/consumer-codec.js';
import type { ConsumerView } from '../../queries/subscribers/subscriber-views.js';
import { answerConsumer } from './answers.js';

/** Gives a consumer nothing until it is resumed. It keeps its place. */
export class PauseConsumer extends Command<ConsumerView> {
  constructor(
    readonly name: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(PauseConsumer)
export class PauseConsumerHandler implements ICommandHandler<PauseConsumer> {
  constructor(private readonly consumers: ConsumerCommands) {}

  execute(command: PauseConsumer): Promise<ConsumerView> {
    const name = consumerName(command.name);
    return this.consumers.execute(
      consumerStream(name),
      command,
      () => ({ type: 'PauseConsumer', name }),
      answerConsumer(name),
    );
  }
}
