import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { modelName, newModelName } from '../../domain/registered-model/names.js';
import { answerModel } from './answers.js';
import type { RegisteredModelView } from '../queries/views.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/** Gives a model another name, which no live model may have. Versions, tags and aliases follow. */
export class RenameModel extends Command<RegisteredModelView> {
  constructor(
    readonly name: string,
    readonly newName: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RenameModel)
export class RenameModelHandler implements ICommandHandler<RenameModel> {
  constructor(private readonly models: ModelCommands) {}

  execute(command: RenameModel): Promise<RegisteredModelView> {
    const newName = newModelName(command.newName);
    return this.models.rename(command, { name: modelName(command.name), newName }, answerModel);
  }
}
