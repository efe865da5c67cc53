import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { versionNotFound } from '../../domain/registered-model/errors.js';
import { modelName, versionNumber } from '../../domain/registered-model/names.js';
import { RegistryReader } from './registry-reader.js';
import type { ModelVersionView } from './views.js';

/** A live version of a model, with its aliases. */
export class GetModelVersion extends Query<ModelVersionView> {
  constructor(
    readonly name: string,
    readonly version: string,
  ) {
    super();
  }
}

@QueryHandler(GetModelVersion)
export class GetModelVersionHandler implements IQueryHandler<GetModelVersion> {
  constructor(private readonly reader: RegistryReader) {}

  async execute(query: GetModelVersion): Promise<ModelVersionView> {
    const name = modelName(query.name);
    const number = versionNumber(query.version);
    const version = this.reader.modelVersion(name, number);
    if (version === undefined) throw versionNotFound(name, number);
    return version;
  }
}
