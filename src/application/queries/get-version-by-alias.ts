import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { modelNotFound } from '../../domain/registered-model/errors.js';
import { aliasName, isLatest, modelName } from '../../domain/registered-model/names.js';
import { stages } from '../../domain/registered-model/stage.js';
import { RegistryError, invalidParameter } from '../../domain/registry-error.js';
import { RegistryReader } from './registry-reader.js';
import type { ModelVersionView } from './views.js';

/** The version that an alias points to; `latest` always means the one with the highest number. */
export class GetVersionByAlias extends Query<ModelVersionView> {
  constructor(
    readonly name: string,
    readonly alias: string,
  ) {
    super();
  }
}

@QueryHandler(GetVersionByAlias)
export class GetVersionByAliasHandler implements IQueryHandler<GetVersionByAlias> {
  constructor(private readonly reader: RegistryReader) {}

  async execute(query: GetVersionByAlias): Promise<ModelVersionView> {
    const name = modelName(query.name);
    const alias = aliasName(query.alias);
    if (isLatest(alias)) return this.#latest(name);
    const found = this.reader.versionByAlias(name, alias);
    if (found === undefined) throw modelNotFound(name);
    if (found.version === undefined) throw invalidParameter(`Registered model alias ${alias} not found.`);
    return found.version;
  }

  #latest(name: string): ModelVersionView {
    const versions = this.reader.latestVersions(name, stages);
    if (versions === undefined) throw modelNotFound(name);
    const latest = versions.at(-1);
    if (latest) return latest;
    throw new RegistryError('RESOURCE_DOES_NOT_EXIST', `Latest version not found for model ${name}.`);
  }
}
