import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { modelName, versionNumber } from '../../domain/registered-model/names.js';
import { answerNothing } from './answers.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/** Hides a version and drops its aliases. Its number is never used again and its history stays. */
export class DeleteVersion extends Command<void> {
  constructor(
    readonly name: string,
    readonly version: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DeleteVersion)
export class DeleteVersionHandler implements ICommandHandler<DeleteVersion> {
  constructor(private readonly models: ModelCommands) {}

  execute(command: DeleteVersion): Promise<void> {
    return this.models.execute(
      command,
      () => ({
        type: 'DeleteVersion',
        name: modelName(command.name),
        version: versionNumber(command.version),
      }),
      answerNothing,
    );
  }
}
