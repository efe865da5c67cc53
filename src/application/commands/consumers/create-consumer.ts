import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { consumerName } from '../../../domain/consumer/name.js';
import type { NoticeFilter } from '../../../domain/notices/notice-filter.js';
import type { CommandContext } from '../../deciding/command-context.js';
import { ConsumerCommands } from '../../deciding/consumer-commands.js';
import { StartPositions } from '../../deciding/start-positions.js';
import type { StartFrom } from '../../deciding/start-positions.js';
import { consumerStream } from '../../history/consumer-codec.js';
import type { ConsumerView } from '../../queries/subscribers/subscriber-views.js';
import { answerConsumer } from './answers.js';

/** A consumer as it was asked for. */
export interface NewConsumer {
  readonly description: string | null;
  readonly filter: NoticeFilter;
  readonly startFrom: StartFrom;
}

/** The consumer, and whether it was not there before. */
export interface MadeConsumer {
  readonly consumer: ConsumerView;
  /** False, too, for an answer to a repeated Idempotency-Key. */
  readonly isNew: boolean;
}

/** Begins to keep a place in the notices under a name. One that is there and is the same stays as it is. */
export class CreateConsumer extends Command<MadeConsumer> {
  constructor(
    readonly name: string,
    readonly request: NewConsumer,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(CreateConsumer)
export class CreateConsumerHandler implements ICommandHandler<CreateConsumer> {
  constructor(
    private readonly consumers: ConsumerCommands,
    private readonly starts: StartPositions,
  ) {}

  execute(command: CreateConsumer): Promise<MadeConsumer> {
    const name = consumerName(command.name);
    const { description, filter, startFrom } = command.request;
    return this.consumers.execute(
      consumerStream(name),
      command,
      async () => {
        const after = await this.starts.resolve(startFrom, 'startFrom');
        return { type: 'CreateConsumer', name, description, filter, after };
      },
      (state, revision, events) => ({
        consumer: answerConsumer(name)(state, revision),
        isNew: events?.some(({ type }) => type === 'ConsumerCreated') ?? false,
      }),
    );
  }
}
