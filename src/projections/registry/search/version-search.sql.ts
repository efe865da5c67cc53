import type { DatabaseSync } from 'node:sqlite';
import type {
  Order,
  Page,
  PageEnd,
  VersionOrderKey,
  VersionSearch,
} from '../../../application/queries/search-criteria.js';
import type { ModelVersionView } from '../../../application/queries/views.js';
import { raw } from '../../sql.js';
import { Statements } from '../../statements.js';
import type { VersionViews } from '../version-view.sql.js';
import { completeOrder } from './keyset.js';
import type { SearchedTable } from './page-queries.js';
import { PageSearch } from './page-search.js';
import type { SearchEffort } from './page-search.js';
import { versionTerm } from './version-terms.js';

const versions: SearchedTable<VersionOrderKey> = {
  name: 'registry_versions',
  columns: raw('r.name, r.version'),
  keys: {
    name: { column: 'name', index: 'registry_versions_by_name' },
    version: { column: 'version', index: 'registry_versions_by_number' },
    createdAt: { column: 'created_at', index: 'registry_versions_by_creation' },
    updatedAt: { column: 'updated_at', index: 'registry_versions_by_update' },
  },
};

const usualOrder: readonly Order<VersionOrderKey>[] = [{ key: 'updatedAt', direction: 'DESC' }];

const tieBreaks: readonly Order<VersionOrderKey>[] = [
  { key: 'name', direction: 'ASC' },
  { key: 'version', direction: 'DESC' },
];

/** MLflow's search of model versions. */
export class VersionSearcher {
  readonly #pages: PageSearch<VersionOrderKey>;

  constructor(
    db: DatabaseSync,
    private readonly views: VersionViews,
    effort: SearchEffort,
  ) {
    this.#pages = new PageSearch(new Statements(db), versions, effort);
  }

  search({ conditions, prompts, order, limit, after }: VersionSearch): Page<ModelVersionView> {
    const complete = completeOrder(order.length === 0 ? usualOrder : order, tieBreaks);
    const ids = this.#pages.find({
      terms: conditions.map(versionTerm),
      visible: raw(prompts === 'shown' ? '1' : 'r.prompt = 0'),
      order: complete,
      limit,
      after,
    });
    const items = this.views.of(ids.slice(0, limit));
    const last = ids.length > limit ? items.at(-1) : undefined;
    return last ? { items, end: endOf(last, complete) } : { items };
  }
}

function endOf(last: ModelVersionView, order: readonly Order<VersionOrderKey>[]): PageEnd {
  return order.map(({ key }) => last[key]);
}
