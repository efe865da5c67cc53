import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { consumerName } from '../../../domain/consumer/name.js';
import type { CommandContext } from '../../deciding/command-context.js';
import { ConsumerCommands } from '../../deciding/consumer-commands.js';
import { StartPositions } from '../../deciding/start-positions.js';
import { consumerStream } from '../../history/consumer-codec.js';
import type { Position } from '../../ports/event-store.js';
import type { ConsumerView } from '../../queries/subscribers/subscriber-views.js';
import { answerConsumer } from './answers.js';

/** A consumer has dealt with everything up to a position. Its checkpoint never moves back by that. */
export class AcknowledgeNotices extends Command<ConsumerView> {
  /** @param after the checkpoint from which that was read; null when the client does not say */
  constructor(
    readonly name: string,
    readonly position: Position,
    readonly after: Position | null,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(AcknowledgeNotices)
export class AcknowledgeNoticesHandler implements ICommandHandler<AcknowledgeNotices> {
  constructor(
    private readonly consumers: ConsumerCommands,
    private readonly starts: StartPositions,
  ) {}

  execute(command: AcknowledgeNotices): Promise<ConsumerView> {
    const name = consumerName(command.name);
    const { position: said, after } = command;
    return this.consumers.execute(
      consumerStream(name),
      command,
      async () => {
        const position = await this.starts.resolve({ position: said }, 'position');
        return { type: 'AcknowledgeNotices', name, position, after };
      },
      answerConsumer(name),
    );
  }
}
