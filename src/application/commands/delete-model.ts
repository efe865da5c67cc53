import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { modelName } from '../../domain/registered-model/names.js';
import { answerNothing } from './answers.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/** Hides a model with all its versions, tags and aliases and frees its name. The history stays. */
export class DeleteModel extends Command<void> {
  constructor(
    readonly name: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DeleteModel)
export class DeleteModelHandler implements ICommandHandler<DeleteModel> {
  constructor(private readonly models: ModelCommands) {}

  execute(command: DeleteModel): Promise<void> {
    return this.models.execute(
      command,
      () => ({ type: 'DeleteModel', name: modelName(command.name) }),
      answerNothing,
    );
  }
}
