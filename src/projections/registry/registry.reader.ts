import type { DatabaseSync } from 'node:sqlite';
import { RegistryReader } from '../../application/queries/registry-reader.js';
import type { ModelSearch, Page, VersionSearch } from '../../application/queries/search-criteria.js';
import type { ModelVersionView, RegisteredModelView } from '../../application/queries/views.js';
import type { Stage } from '../../domain/registered-model/stage.js';
import { LatestVersions } from './latest-versions.js';
import { modelColumns, ModelViews } from './model-view.sql.js';
import { registerFoldCase } from './search/fold-case.js';
import { ModelSearcher } from './search/model-search.sql.js';
import { usualEffort } from './search/page-search.js';
import type { SearchEffort } from './search/page-search.js';
import { VersionSearcher } from './search/version-search.sql.js';
import { Query } from './statements.js';
import { versionColumnsWithAliases, versionView } from './version-view.sql.js';

const versionOfModel = `
  FROM registry_models AS m
  CROSS JOIN registry_versions AS v ON v.model = m.id AND v.version = ?2
  CROSS JOIN registry_version_details AS d ON d.id = v.id
  WHERE m.name = ?1`;

const versionOfAlias = `
  FROM registry_models AS m
  LEFT JOIN registry_aliases AS a ON a.model = m.id AND a.alias = ?2
  LEFT JOIN registry_versions AS v ON v.model = m.id AND v.version = a.version
  LEFT JOIN registry_version_details AS d ON d.id = v.id
  WHERE m.name = ?1`;

/**
 * Reads the tables of the registry projection. It may be made before they are; to read takes all of them, with their
 * indexes.
 */
export class SqliteRegistryReader extends RegistryReader {
  readonly #model: Query;
  readonly #modelId: Query;
  readonly #version: Query;
  readonly #aliased: Query;
  readonly #downloadUri: Query;
  readonly #latest: LatestVersions;
  readonly #views: ModelViews;
  readonly #models: ModelSearcher;
  readonly #versions: VersionSearcher;

  constructor(db: DatabaseSync, effort: SearchEffort = usualEffort) {
    super();
    registerFoldCase(db);
    this.#model = new Query(db, `SELECT ${modelColumns} FROM registry_models AS m WHERE m.name = ?`);
    this.#modelId = new Query(db, 'SELECT id FROM registry_models WHERE name = ?');
    this.#version = new Query(db, `SELECT ${versionColumnsWithAliases} ${versionOfModel}`);
    this.#aliased = new Query(db, `SELECT ${versionColumnsWithAliases} ${versionOfAlias}`);
    this.#downloadUri = new Query(db, `SELECT coalesce(d.storage_location, d.source) ${versionOfModel}`);
    this.#latest = new LatestVersions(db, versionColumnsWithAliases);
    this.#views = new ModelViews(db);
    this.#models = new ModelSearcher(db, this.#views, effort);
    this.#versions = new VersionSearcher(db, effort);
  }

  override registeredModel(name: string): RegisteredModelView | undefined {
    const row = this.#model.first(name);
    return row && this.#views.of([row])[0];
  }

  override modelVersion(name: string, version: number): ModelVersionView | undefined {
    const row = this.#version.first(name, version);
    return row && versionView(row);
  }

  override versionByAlias(name: string, alias: string): { version?: ModelVersionView } | undefined {
    const row = this.#aliased.first(name, alias);
    if (row === undefined) return undefined;
    return row[0] === null ? {} : { version: versionView(row) };
  }

  override latestVersions(name: string, stages: readonly Stage[]): readonly ModelVersionView[] | undefined {
    const row = this.#modelId.first(name);
    if (row === undefined) return undefined;
    const id = Number(row[0]);
    return this.#latest.of([id], stages).get(id) ?? [];
  }

  override downloadUri(name: string, version: number): string | undefined {
    const row = this.#downloadUri.first(name, version);
    return row && String(row[0]);
  }

  override searchModels(search: ModelSearch): Page<RegisteredModelView> {
    return this.#models.search(search);
  }

  override searchVersions(search: VersionSearch): Page<ModelVersionView> {
    return this.#versions.search(search);
  }
}
