import type { DatabaseSync } from 'node:sqlite';
import { RegistryReader } from '../../application/queries/registry-reader.js';
import type { ModelSearch, Page, VersionSearch } from '../../application/queries/search-criteria.js';
import type { ModelVersionView, RegisteredModelView } from '../../application/queries/views.js';
import type { Stage } from '../../domain/registered-model/stage.js';
import { LatestVersions } from './latest-versions.js';
import { ModelViews } from './model-view.sql.js';
import { registerFoldCase } from './search/fold-case.js';
import { ModelSearcher } from './search/model-search.sql.js';
import { usualEffort } from './search/page-search.js';
import type { SearchEffort } from './search/page-search.js';
import { VersionSearcher } from './search/version-search.sql.js';
import { Query } from '../statements.js';
import { versionColumnsWithAliases, versionView, VersionViews } from './version-view.sql.js';
import { ViewCache } from './view-cache.js';

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
  readonly #modelId: Query;
  readonly #version: Query;
  readonly #aliased: Query;
  readonly #downloadUri: Query;
  readonly #latest: LatestVersions;
  readonly #views: ModelViews;
  readonly #models: ModelSearcher;
  readonly #versions: VersionSearcher;

  /** @param cache the one that the projection of these tables clears */
  constructor(
    db: DatabaseSync,
    private readonly cache: ViewCache,
    effort: SearchEffort = usualEffort,
  ) {
    super();
    registerFoldCase(db);
    this.#modelId = new Query(db, 'SELECT id FROM registry_models WHERE name = ?');
    this.#version = new Query(db, `SELECT m.stream, ${versionColumnsWithAliases} ${versionOfModel}`);
    this.#aliased = new Query(db, `SELECT ${versionColumnsWithAliases} ${versionOfAlias}`);
    this.#downloadUri = new Query(db, `SELECT coalesce(d.storage_location, d.source) ${versionOfModel}`);
    this.#latest = new LatestVersions(db, versionColumnsWithAliases);
    this.#views = new ModelViews(db, cache);
    this.#models = new ModelSearcher(db, this.#views, effort);
    this.#versions = new VersionSearcher(db, new VersionViews(db, cache), effort);
  }

  override registeredModel(name: string): RegisteredModelView | undefined {
    const known = this.cache.model(name);
    if (known !== undefined) return known;
    const row = this.#modelId.first(name);
    return row && this.#views.of([Number(row[0])])[0];
  }

  override modelVersion(name: string, version: number): ModelVersionView | undefined {
    const known = this.cache.version(name, version);
    if (known !== undefined) return known;
    const row = this.#version.first(name, version);
    if (row === undefined) return undefined;
    const [stream, ...columns] = row;
    const view = versionView(columns);
    this.cache.keepVersion({ stream: String(stream), name }, view);
    return view;
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
