import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { RegistryReader } from './registry-reader.js';
import type { Page, VersionSearch } from './search-criteria.js';
import type { ModelVersionView } from './views.js';

/** One page of the live versions that meet all conditions. */
export class SearchVersions extends Query<Page<ModelVersionView>> {
  constructor(readonly search: VersionSearch) {
    super();
  }
}

@QueryHandler(SearchVersions)
export class SearchVersionsHandler implements IQueryHandler<SearchVersions> {
  constructor(private readonly reader: RegistryReader) {}

  async execute({ search }: SearchVersions): Promise<Page<ModelVersionView>> {
    return this.reader.searchVersions(search);
  }
}
