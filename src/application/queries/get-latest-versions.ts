import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { modelNotFound } from '../../domain/registered-model/errors.js';
import { modelName } from '../../domain/registered-model/names.js';
import { parseStage, stages } from '../../domain/registered-model/stage.js';
import { RegistryReader } from './registry-reader.js';
import type { ModelVersionView } from './views.js';

/** The newest live version of each stage, or of the stages that are named. */
export class GetLatestVersions extends Query<readonly ModelVersionView[]> {
  constructor(
    readonly name: string,
    readonly stages: readonly string[],
  ) {
    super();
  }
}

@QueryHandler(GetLatestVersions)
export class GetLatestVersionsHandler implements IQueryHandler<GetLatestVersions> {
  constructor(private readonly reader: RegistryReader) {}

  async execute(query: GetLatestVersions): Promise<readonly ModelVersionView[]> {
    const name = modelName(query.name);
    const versions = this.reader.latestVersions(name, stages);
    if (versions === undefined) throw modelNotFound(name);
    if (query.stages.length === 0) return versions;
    const wanted = new Set(query.stages.map(parseStage));
    return versions.filter(({ stage }) => wanted.has(stage));
  }
}
