import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { modelName, tagKey, versionNumber } from '../../domain/registered-model/names.js';
import { answerNothing } from './answers.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/** Removes a tag of a model, or of one of its versions; one that is not there is no error. */
export class DeleteTag extends Command<void> {
  constructor(
    readonly name: string,
    readonly version: string | null,
    readonly key: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DeleteTag)
export class DeleteTagHandler implements ICommandHandler<DeleteTag> {
  constructor(private readonly models: ModelCommands) {}

  execute(command: DeleteTag): Promise<void> {
    const { name, version, key } = command;
    return this.models.execute(
      command,
      () => ({
        type: 'DeleteTag',
        name: modelName(name),
        version: version === null ? null : versionNumber(version),
        key: tagKey(key),
      }),
      answerNothing,
    );
  }
}
