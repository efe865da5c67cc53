import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Tag } from '../../domain/registered-model/events.js';
import { modelName, newTagKey, versionTagValue } from '../../domain/registered-model/names.js';
import { isPromptKey } from '../../domain/registered-model/prompt.js';
import type { CommandContext } from '../deciding/command-context.js';
import { ModelCommands } from '../deciding/model-commands.js';
import type { ModelVersionView } from '../queries/views.js';
import { SourceResolver } from '../sources/source-resolver.js';
import { answerNewestVersion } from './answers.js';

/** What a client says about a new version. */
export interface NewVersion {
  readonly name: string;
  readonly source: string;
  readonly runId: string;
  readonly runLink: string;
  readonly loggedModelId: string | null;
  readonly description: string;
  readonly tags: readonly Tag[];
}

/** Adds a version to a model, with the next number. */
export class CreateVersion extends Command<ModelVersionView> {
  constructor(
    readonly version: NewVersion,
    readonly context: CommandContext,
  ) {
    super();
  }

  get name(): string {
    return this.version.name;
  }
}

@CommandHandler(CreateVersion)
export class CreateVersionHandler implements ICommandHandler<CreateVersion> {
  constructor(
    private readonly models: ModelCommands,
    private readonly sources: SourceResolver,
  ) {}

  execute(command: CreateVersion): Promise<ModelVersionView> {
    return this.models.execute(command, () => this.#build(command.version), answerNewestVersion);
  }

  async #build(given: NewVersion) {
    const isPrompt = given.tags.some(({ key }) => key === isPromptKey);
    const source = await this.sources.resolve({ ...given, isPrompt });
    const name = modelName(given.name);
    const tags = new Map(given.tags.map(({ key, value }) => [newTagKey(key), versionTagValue(key, value)]));
    return {
      type: 'CreateVersion',
      name,
      ...source,
      runLink: given.runLink,
      description: given.description,
      tags: [...tags].map(([key, value]) => ({ key, value })),
    } as const;
  }
}
