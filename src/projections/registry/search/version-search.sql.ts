import type { DatabaseSync } from 'node:sqlite';
import type {
  Order,
  Page,
  PageEnd,
  VersionOrderKey,
  VersionSearch,
} from '../../../application/queries/search-criteria.js';
import type { ModelVersionView } from '../../../application/queries/views.js';
import { raw, sql } from '../sql.js';
import { Statements } from '../statements.js';
import { versionColumns, versionView } from '../version-view.sql.js';
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

  constructor(db: DatabaseSync, effort: SearchEffort) {
    // The join is nested as it is written, which keeps the order of the page.
    this.#pages = new PageSearch(
      new Statements(db),
      versions,
      effort,
      (ids) => sql`
        SELECT ${raw(versionColumns)} FROM (${ids}) AS page
        CROSS JOIN registry_versions AS v ON v.id = page.id
        CROSS JOIN registry_version_details AS d ON d.id = v.id`,
    );
  }

  search({ conditions, prompts, order, limit, after }: VersionSearch): Page<ModelVersionView> {
    const complete = completeOrder(order.length === 0 ? usualOrder : order, tieBreaks);
    const rows = this.#pages.find({
      terms: conditions.map(versionTerm),
      visible: raw(prompts === 'shown' ? '1' : 'r.prompt = 0'),
      order: complete,
      limit,
      after,
    });
    const items = rows.slice(0, limit).map(versionView);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return last ? { items, end: endOf(last, complete) } : { items };
  }
}

function endOf(last: ModelVersionView, order: readonly Order<VersionOrderKey>[]): PageEnd {
  return order.map(({ key }) => last[key]);
}
