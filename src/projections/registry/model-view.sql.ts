import type { DatabaseSync } from 'node:sqlite';
import type { AliasView, ModelVersionView, RegisteredModelView } from '../../application/queries/views.js';
import { stages } from '../../domain/registered-model/stage.js';
import { LatestVersions } from './latest-versions.js';
import { Query } from '../statements.js';
import { readTags } from './tag-list.js';
import { versionColumns } from './version-view.sql.js';
import type { ViewCache } from './view-cache.js';

/** What a view of a model is made of, but for its latest versions, from `m` (registry_models). */
const modelColumns = `
  m.id, m.stream, m.name, m.created_at, m.updated_at, m.description, m.tags, (
    SELECT json_group_array(json_object('alias', a.alias, 'version', a.version) ORDER BY a.alias)
    FROM registry_aliases AS a WHERE a.model = m.id)`;

type ModelColumns = readonly [
  id: number,
  stream: string,
  name: string,
  createdAt: number,
  updatedAt: number,
  description: string,
  tags: string,
  aliases: string,
];

const noAliases: readonly AliasView[] = [];
const noVersions: readonly ModelVersionView[] = [];

/** Makes views of models. The latest versions of all of them are read at once. */
export class ModelViews {
  readonly #rows: Query;
  readonly #latest: LatestVersions;

  constructor(
    db: DatabaseSync,
    private readonly cache: ViewCache,
  ) {
    this.#rows = new Query(
      db,
      `SELECT ${modelColumns} FROM json_each(?) AS wanted CROSS JOIN registry_models AS m ON m.id = wanted.value`,
    );
    this.#latest = new LatestVersions(db, versionColumns);
  }

  /** @param ids of rows of registry_models, all of which must be there; the views come in the same order */
  of(ids: readonly number[]): readonly RegisteredModelView[] {
    const missing = ids.filter((id) => this.cache.modelRow(id) === undefined);
    const read = new Map(missing.length === 0 ? [] : this.#read(missing));
    return ids.map((id) => (this.cache.modelRow(id) ?? read.get(id)) as RegisteredModelView);
  }

  #read(ids: readonly number[]): (readonly [number, RegisteredModelView])[] {
    const models = this.#rows.all(JSON.stringify(ids)) as unknown as readonly ModelColumns[];
    const latest = this.#latest.of(ids, stages);
    return models.map(([id, stream, name, createdAt, updatedAt, description, tags, aliases]) => {
      const view = {
        name,
        createdAt,
        updatedAt,
        description,
        latestVersions: latest.get(id) ?? noVersions,
        tags: readTags(tags),
        aliases: aliases === '[]' ? noAliases : (JSON.parse(aliases) as readonly AliasView[]),
      };
      this.cache.keepModelRow({ stream, name }, id, view);
      return [id, view];
    });
  }
}
