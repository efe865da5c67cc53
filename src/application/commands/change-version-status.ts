import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { VersionStatus } from '../../domain/registered-model/events.js';
import { modelName, versionNumber } from '../../domain/registered-model/names.js';
import { answerVersion } from './answers.js';
import type { ModelVersionView } from '../queries/views.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/** Says how the registration of a version stands. No MLflow route does this: versions are READY at once. */
export class ChangeVersionStatus extends Command<ModelVersionView> {
  constructor(
    readonly name: string,
    readonly version: string,
    readonly status: VersionStatus,
    readonly message: string | null,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ChangeVersionStatus)
export class ChangeVersionStatusHandler implements ICommandHandler<ChangeVersionStatus> {
  constructor(private readonly models: ModelCommands) {}

  execute(command: ChangeVersionStatus): Promise<ModelVersionView> {
    const { name, status, message } = command;
    const version = versionNumber(command.version);
    return this.models.execute(
      command,
      () => ({ type: 'ChangeVersionStatus', name: modelName(name), version, status, message }),
      answerVersion(version),
    );
  }
}
