import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { modelName, versionNumber } from '../../domain/registered-model/names.js';
import { answerVersion } from './answers.js';
import type { ModelVersionView } from '../queries/views.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/**
 * Brings a deleted version back with its tags and description, in the stage that it had; in Archived if it was in use.
 * Its aliases stay deleted.
 */
export class RestoreVersion extends Command<ModelVersionView> {
  constructor(
    readonly name: string,
    readonly version: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RestoreVersion)
export class RestoreVersionHandler implements ICommandHandler<RestoreVersion> {
  constructor(private readonly models: ModelCommands) {}

  execute(command: RestoreVersion): Promise<ModelVersionView> {
    const version = versionNumber(command.version);
    return this.models.execute(
      command,
      () => ({ type: 'RestoreVersion', name: modelName(command.name), version }),
      answerVersion(version),
    );
  }
}
