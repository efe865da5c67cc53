import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { modelName, newAliasName, versionNumber } from '../../domain/registered-model/names.js';
import { answerNothing } from './answers.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/** Points an alias to a version, wherever it pointed before. */
export class SetAlias extends Command<void> {
  constructor(
    readonly name: string,
    readonly alias: string,
    readonly version: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(SetAlias)
export class SetAliasHandler implements ICommandHandler<SetAlias> {
  constructor(private readonly models: ModelCommands) {}

  execute(command: SetAlias): Promise<void> {
    return this.models.execute(
      command,
      () => ({
        type: 'SetAlias',
        name: modelName(command.name),
        alias: newAliasName(command.alias),
        version: versionNumber(command.version),
      }),
      answerNothing,
    );
  }
}
