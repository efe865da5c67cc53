import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { RegistryReader } from './registry-reader.js';
import type { Page, ModelSearch } from './search-criteria.js';
import type { RegisteredModelView } from './views.js';

/** One page of the live models that meet all conditions. */
export class SearchModels extends Query<Page<RegisteredModelView>> {
  constructor(readonly search: ModelSearch) {
    super();
  }
}

@QueryHandler(SearchModels)
export class SearchModelsHandler implements IQueryHandler<SearchModels> {
  constructor(private readonly reader: RegistryReader) {}

  async execute({ search }: SearchModels): Promise<Page<RegisteredModelView>> {
    return this.reader.searchModels(search);
  }
}
