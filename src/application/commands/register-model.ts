import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { ModelNameTakenError } from '../../domain/registered-model/errors.js';
import type { Tag } from '../../domain/registered-model/events.js';
import { modelName, modelTagValue, newTagKey } from '../../domain/registered-model/names.js';
import { isPrompt } from '../../domain/registered-model/prompt.js';
import { answerModel } from './answers.js';
import type { RegisteredModelView } from '../queries/views.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/** Registers a model, or a prompt if the tags say so, under a name that no live one has. */
export class RegisterModel extends Command<RegisteredModelView> {
  constructor(
    readonly name: string,
    readonly description: string,
    readonly tags: readonly Tag[],
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RegisterModel)
export class RegisterModelHandler implements ICommandHandler<RegisterModel> {
  constructor(private readonly models: ModelCommands) {}

  execute(command: RegisterModel): Promise<RegisteredModelView> {
    const { description } = command;
    const name = modelName(command.name);
    const tags = modelTags(command.tags);
    return this.models
      .register(
        command,
        { name, description, tags: [...tags].map(([key, value]) => ({ key, value })) },
        answerModel,
      )
      .catch((error: unknown) => {
        if (!(error instanceof ModelNameTakenError)) throw error;
        throw error.forNew(isPrompt(tags) ? 'prompt' : 'registered model');
      });
  }
}

/** In MLflow a key given twice has the value that was given last. */
function modelTags(tags: readonly Tag[]): ReadonlyMap<string, string> {
  return new Map(tags.map(({ key, value }) => [newTagKey(key), modelTagValue(value)]));
}
