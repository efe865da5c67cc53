import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { modelName } from '../../domain/registered-model/names.js';
import { answerModel } from './answers.js';
import type { RegisteredModelView } from '../queries/views.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/** Overwrites a model's description. */
export class DescribeModel extends Command<RegisteredModelView> {
  constructor(
    readonly name: string,
    readonly description: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DescribeModel)
export class DescribeModelHandler implements ICommandHandler<DescribeModel> {
  constructor(private readonly models: ModelCommands) {}

  execute(command: DescribeModel): Promise<RegisteredModelView> {
    const { name, description } = command;
    return this.models.execute(
      command,
      () => ({ type: 'DescribeModel', name: modelName(name), description }),
      answerModel,
    );
  }
}
