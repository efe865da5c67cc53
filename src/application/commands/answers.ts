import { versionNotFound } from '../../domain/registered-model/errors.js';
import type { Tag } from '../../domain/registered-model/events.js';
import type { ModelVersion } from '../../domain/registered-model/model-version.js';
import { aliasesOf } from '../../domain/registered-model/registered-model.js';
import type { ModelContents, RegisteredModel } from '../../domain/registered-model/registered-model.js';
import { stages } from '../../domain/registered-model/stage.js';
import type { ActiveStage } from '../../domain/registered-model/stage.js';
import type { ModelVersionView, RegisteredModelView } from '../queries/views.js';

/**
 * Commands are answered from the state that they made, so that the answer shows the command's own effect even when
 * others have changed the model since.
 */

/** The model right after a command. */
export function answerModel(model: RegisteredModel): RegisteredModelView {
  const contents = contentsOf(model);
  const { name, createdAt, updatedAt, description } = contents;
  return {
    name,
    createdAt,
    updatedAt,
    description,
    latestVersions: latestVersions(contents).map((version) => versionView(contents, version, [])),
    tags: tagList(contents.tags),
    aliases: [...contents.aliases]
      .map(([alias, version]) => ({ alias, version }))
      .sort((a, b) => (a.alias < b.alias ? -1 : 1)),
  };
}

/** One of its versions right after a command. */
export function answerVersion(number: number): (model: RegisteredModel) => ModelVersionView {
  return (model) => {
    const contents = contentsOf(model);
    const version = contents.versions.get(number);
    if (version === undefined) throw versionNotFound(contents.name, number);
    return versionView(contents, version, aliasesOf(contents, number));
  };
}

/** The version that a command has just created. */
export function answerNewestVersion(model: RegisteredModel): ModelVersionView {
  return answerVersion(contentsOf(model).versions.highestNumber)(model);
}

/** The version that a command has just moved to a stage. */
export function answerNewestOccupant(stage: ActiveStage): (model: RegisteredModel) => ModelVersionView {
  return (model) => answerVersion(contentsOf(model).occupants[stage].at(-1) ?? 0)(model);
}

/** Nothing but that it is done. */
export function answerNothing(): void {}

function contentsOf(model: RegisteredModel): ModelContents {
  if (model.status === 'unregistered') throw new Error('A command on a model left it unregistered');
  return model;
}

function latestVersions({ versions }: ModelContents): ModelVersion[] {
  const latest = new Map<string, ModelVersion>();
  for (const version of versions) if (!version.deleted) latest.set(version.stage, version);
  return stages.flatMap((stage) => latest.get(stage) ?? []).sort((a, b) => a.version - b.version);
}

function versionView(
  model: ModelContents,
  version: ModelVersion,
  aliases: readonly string[],
): ModelVersionView {
  const { createdAt, updatedAt, stage, description, source, runId, runLink, status, statusMessage } = version;
  return {
    name: model.name,
    version: version.version,
    createdAt,
    updatedAt,
    stage,
    description,
    source,
    runId,
    runLink,
    status,
    statusMessage,
    tags: tagList(version.tags),
    aliases,
  };
}

function tagList(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1));
}
