import type { DatabaseSync } from 'node:sqlite';
import type {
  ModelCondition,
  ModelOrderKey,
  ModelSearch,
  Order,
  Page,
} from '../../../application/queries/search-criteria.js';
import type { RegisteredModelView } from '../../../application/queries/views.js';
import type { ModelViews } from '../model-view.sql.js';
import { raw, sql } from '../../sql.js';
import { Statements } from '../../statements.js';
import { modelTags } from '../tag-index.js';
import { completeOrder } from './keyset.js';
import type { SearchedTable, SearchTerm } from './page-queries.js';
import { PageSearch } from './page-search.js';
import type { SearchEffort } from './page-search.js';
import { tagTerm } from './tag-terms.js';
import { nameCondition } from './name-condition.js';

const models: SearchedTable<ModelOrderKey> = {
  name: 'registry_models',
  columns: raw('r.name'),
  keys: {
    name: { column: 'name', index: 'registry_models_by_name' },
    updatedAt: { column: 'updated_at', index: 'registry_models_by_update' },
  },
};

const tieBreaks: readonly Order<ModelOrderKey>[] = [{ key: 'name', direction: 'ASC' }];

/** MLflow's search of registered models. */
export class ModelSearcher {
  readonly #pages: PageSearch<ModelOrderKey>;

  constructor(
    db: DatabaseSync,
    private readonly views: ModelViews,
    effort: SearchEffort,
  ) {
    this.#pages = new PageSearch(new Statements(db), models, effort);
  }

  search({ conditions, prompts, order, limit, after }: ModelSearch): Page<RegisteredModelView> {
    const complete = completeOrder(order, tieBreaks);
    const ids = this.#pages.find({
      terms: conditions.map(modelTerm),
      visible: raw(prompts === 'shown' ? '1' : 'r.prompt = 0'),
      order: complete,
      limit,
      after,
    });
    const items = this.views.of(ids.slice(0, limit));
    const last = ids.length > limit ? items.at(-1) : undefined;
    return last ? { items, end: complete.map(({ key }) => last[key]) } : { items };
  }
}

/** The condition as a search of `registry_models AS r` needs it. */
function modelTerm(condition: ModelCondition): SearchTerm<ModelOrderKey> {
  if (condition.kind === 'tag') return tagTerm(modelTags, condition);
  const { sql: holds, reach } = nameCondition(condition);
  if (condition.kind === 'name' && condition.comparator === '!=')
    return { holds: () => holds, indexed: true };
  return {
    holds: () => holds,
    indexed: true,
    along: condition.kind === 'name' && reach === 'range' ? 'name' : undefined,
    source: {
      ids: sql`SELECT r.id FROM registry_models AS r INDEXED BY registry_models_by_name WHERE ${holds}`,
      found: reach === 'scan' ? 'by looking through' : 'directly',
    },
  };
}
