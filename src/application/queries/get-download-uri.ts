import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { versionNotFound } from '../../domain/registered-model/errors.js';
import { modelName, versionNumber } from '../../domain/registered-model/names.js';
import { RegistryReader } from './registry-reader.js';

/** Where the artifacts of a version are. */
export class GetDownloadUri extends Query<string> {
  constructor(
    readonly name: string,
    readonly version: string,
  ) {
    super();
  }
}

@QueryHandler(GetDownloadUri)
export class GetDownloadUriHandler implements IQueryHandler<GetDownloadUri> {
  constructor(private readonly reader: RegistryReader) {}

  async execute(query: GetDownloadUri): Promise<string> {
    const name = modelName(query.name);
    const number = versionNumber(query.version);
    const uri = this.reader.downloadUri(name, number);
    if (uri === undefined) throw versionNotFound(name, number);
    return uri;
  }
}
