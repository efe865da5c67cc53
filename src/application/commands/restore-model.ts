import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { modelId } from '../../domain/registered-model/names.js';
import { answerModel } from './answers.js';
import type { RegisteredModelView } from '../queries/views.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/**
 * Brings a deleted model back as it was, under the name that it had, which no live model may have. A name may have been
 * that of several models, so it is the id that says which.
 */
export class RestoreModel extends Command<RegisteredModelView> {
  constructor(
    readonly modelId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RestoreModel)
export class RestoreModelHandler implements ICommandHandler<RestoreModel> {
  constructor(private readonly models: ModelCommands) {}

  async execute(command: RestoreModel): Promise<RegisteredModelView> {
    modelId(command.modelId);
    return this.models.restore(command, answerModel);
  }
}
