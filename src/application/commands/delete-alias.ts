import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { aliasName, modelName } from '../../domain/registered-model/names.js';
import { answerNothing } from './answers.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/** Removes an alias; one that is not there is no error. */
export class DeleteAlias extends Command<void> {
  constructor(
    readonly name: string,
    readonly alias: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DeleteAlias)
export class DeleteAliasHandler implements ICommandHandler<DeleteAlias> {
  constructor(private readonly models: ModelCommands) {}

  execute(command: DeleteAlias): Promise<void> {
    return this.models.execute(
      command,
      () => ({
        type: 'DeleteAlias',
        name: modelName(command.name),
        alias: aliasName(command.alias),
      }),
      answerNothing,
    );
  }
}
