import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { consumerName } from '../../../domain/consumer/name.js';
import type { CommandContext } from '../../deciding/command-context.js';
import { ConsumerCommands } from '../../deciding/consumer-commands.js';
import { StartPositions } from '../../deciding/start-positions.js';
import type { StartFrom } from '../../deciding/start-positions.js';
import { consumerStream } from '../../history/consumer-codec.js';
import type { ConsumerView } from '../../queries/subscribers/subscriber-views.js';
import { answerConsumer } from './answers.js';

/** Puts the checkpoint of a consumer to another place, back or forth. */
export class SeekConsumer extends Command<ConsumerView> {
  /** @param parameter how the client calls the place */
  constructor(
    readonly name: string,
    readonly to: StartFrom,
    readonly parameter: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(SeekConsumer)
export class SeekConsumerHandler implements ICommandHandler<SeekConsumer> {
  constructor(
    private readonly consumers: ConsumerCommands,
    private readonly starts: StartPositions,
  ) {}

  execute(command: SeekConsumer): Promise<ConsumerView> {
    const name = consumerName(command.name);
    const { to, parameter } = command;
    return this.consumers.execute(
      consumerStream(name),
      command,
      async () => ({ type: 'SeekConsumer', name, position: await this.starts.resolve(to, parameter) }),
      answerConsumer(name),
    );
  }
}
