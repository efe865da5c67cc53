import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { consumerName } from '../../../domain/consumer/name.js';
import type { CommandContext } from '../../deciding/command-context.js';
import { ConsumerCommands } from '../../deciding/consumer-commands.js';
import { consumerStream } from '../../history/consumer-codec.js';
import type { ConsumerView } from '../../queries/subscribers/subscriber-views.js';
import { answerConsumer } from './answers.js';

/** Gives a paused consumer what follows its checkpoint again. */
export class ResumeConsumer extends Command<ConsumerView> {
  constructor(
    readonly name: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ResumeConsumer)
export class ResumeConsumerHandler implements ICommandHandler<ResumeConsumer> {
  constructor(private readonly consumers: ConsumerCommands) {}

  execute(command: ResumeConsumer): Promise<ConsumerView> {
    const name = consumerName(command.name);
    return this.consumers.execute(
      consumerStream(name),
      command,
      () => ({ type: 'ResumeConsumer', name }),
      answerConsumer(name),
    );
  }
}
