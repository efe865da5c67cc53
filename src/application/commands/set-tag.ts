import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import {
  modelName,
  modelTagValue,
  newTagKey,
  versionNumber,
  versionTagValue,
} from '../../domain/registered-model/names.js';
import { answerNothing } from './answers.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';

/** Sets a tag of a model, or of one of its versions if a version is given. */
export class SetTag extends Command<void> {
  constructor(
    readonly name: string,
    readonly version: string | null,
    readonly key: string,
    readonly value: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(SetTag)
export class SetTagHandler implements ICommandHandler<SetTag> {
  constructor(private readonly models: ModelCommands) {}

  execute(command: SetTag): Promise<void> {
    return this.models.execute(command, () => this.#build(command), answerNothing);
  }

  #build({ name, version, key, value }: SetTag) {
    const target = { type: 'SetTag', name: modelName(name) } as const;
    if (version === null) return { ...target, version, key: newTagKey(key), value: modelTagValue(value) };
    return {
      ...target,
      version: versionNumber(version),
      key: newTagKey(key),
      value: versionTagValue(key, value),
    };
  }
}
