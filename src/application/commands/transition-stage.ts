import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { modelName, versionNumber } from '../../domain/registered-model/names.js';
import { parseTransitionTarget } from '../../domain/registered-model/stage.js';
import { answerVersion } from './answers.js';
import type { ModelVersionView } from '../queries/views.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/** Moves a version to a stage and, if asked, archives the others that are in it, all at once. */
export class TransitionStage extends Command<ModelVersionView> {
  constructor(
    readonly name: string,
    readonly version: string,
    readonly stage: string,
    readonly archiveExistingVersions: boolean,
    readonly comment: string | null,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(TransitionStage)
export class TransitionStageHandler implements ICommandHandler<TransitionStage> {
  constructor(private readonly models: ModelCommands) {}

  execute(command: TransitionStage): Promise<ModelVersionView> {
    const { archiveExistingVersions, comment } = command;
    return this.models.execute(
      command,
      () => ({
        type: 'TransitionStage',
        stage: parseTransitionTarget(command.stage, archiveExistingVersions),
        version: versionNumber(command.version),
        name: modelName(command.name),
        archiveExistingVersions,
        comment,
      }),
      (model) => answerVersion(versionNumber(command.version))(model),
    );
  }
}
