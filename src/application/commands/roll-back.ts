import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { modelName } from '../../domain/registered-model/names.js';
import { parseStageToRollBack } from '../../domain/registered-model/stage.js';
import { answerNewestOccupant } from './answers.js';
import type { ModelVersionView } from '../queries/views.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/**
 * Moves the version that was in a stage before back to it and archives what is in it now, all at once. Answers that
 * version. Without a comment, the event says which versions were rolled back.
 */
export class RollBack extends Command<ModelVersionView> {
  constructor(
    readonly name: string,
    readonly stage: string,
    readonly comment: string | null,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RollBack)
export class RollBackHandler implements ICommandHandler<RollBack> {
  constructor(private readonly models: ModelCommands) {}

  execute(command: RollBack): Promise<ModelVersionView> {
    const { name, stage, comment } = command;
    return this.models.execute(
      command,
      () => ({ type: 'RollBack', stage: parseStageToRollBack(stage), name: modelName(name), comment }),
      (model) => answerNewestOccupant(parseStageToRollBack(stage))(model),
    );
  }
}
