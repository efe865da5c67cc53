import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { modelName, versionNumber } from '../../domain/registered-model/names.js';
import { answerVersion } from './answers.js';
import type { ModelVersionView } from '../queries/views.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/** Overwrites a version's description; null takes it away. */
export class DescribeVersion extends Command<ModelVersionView> {
  constructor(
    readonly name: string,
    readonly version: string,
    readonly description: string | null,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DescribeVersion)
export class DescribeVersionHandler implements ICommandHandler<DescribeVersion> {
  constructor(private readonly models: ModelCommands) {}

  execute(command: DescribeVersion): Promise<ModelVersionView> {
    const { name, description } = command;
    const version = versionNumber(command.version);
    return this.models.execute(
      command,
      () => ({ type: 'DescribeVersion', name: modelName(name), version, description }),
      answerVersion(version),
    );
  }
}
