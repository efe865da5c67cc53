import { LRUCache } from 'lru-cache';
import { RegistryReader } from '../../application/queries/registry-reader.js';
import type { ModelSearch, Page, VersionSearch } from '../../application/queries/search-criteria.js';
import type { ModelVersionView, RegisteredModelView } from '../../application/queries/views.js';
import type { Stage } from '../../domain/registered-model/stage.js';

const kept = 10_000;

/**
 * Answers what is asked again and again from memory, as clients do that poll for the version to serve. The first change
 * of the read model clears it all, so that an answer is never older than the read model.
 */
export class CachedRegistryReader extends RegistryReader {
  readonly #views = new LRUCache<string, object>({ max: kept });
  #asOf = -1;

  /** @param changes how often the read model has changed so far */
  constructor(
    private readonly reader: RegistryReader,
    private readonly changes: () => number,
  ) {
    super();
  }

  override registeredModel(name: string): RegisteredModelView | undefined {
    return this.#remembered(`model ${name}`, () => this.reader.registeredModel(name));
  }

  override modelVersion(name: string, version: number): ModelVersionView | undefined {
    return this.#remembered(`version ${version} ${name}`, () => this.reader.modelVersion(name, version));
  }

  override versionByAlias(name: string, alias: string): { version?: ModelVersionView } | undefined {
    return this.#remembered(`alias ${alias} ${name}`, () => this.reader.versionByAlias(name, alias));
  }

  override latestVersions(name: string, stages: readonly Stage[]): readonly ModelVersionView[] | undefined {
    const key = `latest ${stages.join(' ')}/${name}`;
    return this.#remembered(key, () => this.reader.latestVersions(name, stages));
  }

  override downloadUri(name: string, version: number): string | undefined {
    return this.reader.downloadUri(name, version);
  }

  override searchModels(search: ModelSearch): Page<RegisteredModelView> {
    return this.reader.searchModels(search);
  }

  override searchVersions(search: VersionSearch): Page<ModelVersionView> {
    return this.reader.searchVersions(search);
  }

  /** What is not there is not remembered. */
  #remembered<View extends object>(key: string, read: () => View | undefined): View | undefined {
    const changes = this.changes();
    if (changes !== this.#asOf) {
      this.#views.clear();
      this.#asOf = changes;
    }
    const known = this.#views.get(key);
    if (known) return known as View;
    const view = read();
    if (view) this.#views.set(key, view);
    return view;
  }
}
