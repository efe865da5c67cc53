import type { DatabaseSync } from 'node:sqlite';
import type { AliasView, ModelVersionView, RegisteredModelView } from '../../application/queries/views.js';
import { stages } from '../../domain/registered-model/stage.js';
import { LatestVersions } from './latest-versions.js';
import type { Row } from './statements.js';
import { readTags } from './tag-list.js';
import { versionColumns } from './version-view.sql.js';

/** What a view of a model is made of, but for its latest versions, from `m` (registry_models). */
export const modelColumns = `
  m.id, m.name, m.created_at, m.updated_at, m.description, m.tags, (
    SELECT json_group_array(json_object('alias', a.alias, 'version', a.version) ORDER BY a.alias)
    FROM registry_aliases AS a WHERE a.model = m.id)`;

type ModelColumns = readonly [
  id: number,
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
  readonly #latest: LatestVersions;

  constructor(db: DatabaseSync) {
    this.#latest = new LatestVersions(db, versionColumns);
  }

  /** @param rows of {@link modelColumns} */
  of(rows: readonly Row[]): readonly RegisteredModelView[] {
    const models = rows as unknown as readonly ModelColumns[];
    const latest = this.#latest.of(
      models.map(([id]) => id),
      stages,
    );
    return models.map(([id, name, createdAt, updatedAt, description, tags, aliases]) => ({
      name,
      createdAt,
      updatedAt,
      description,
      latestVersions: latest.get(id) ?? noVersions,
      tags: readTags(tags),
      aliases: aliases === '[]' ? noAliases : (JSON.parse(aliases) as readonly AliasView[]),
    }));
  }
}
