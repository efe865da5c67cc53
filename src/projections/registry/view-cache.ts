import { LRUCache } from 'lru-cache';
import type { ModelVersionView, RegisteredModelView } from '../../application/queries/views.js';

/** Whose rows a view was made of: the cache forgets by stream what it found by name or row. */
export interface ViewedModel {
  readonly stream: string;
  readonly name: string;
}

/** What has been read of one model since it last changed. */
interface KnownModel extends ViewedModel {
  readonly versions: Map<number, ModelVersionView>;
  readonly versionRows: Map<number, ModelVersionView>;
  modelRow: number | undefined;
  size: number;
}

/** Characters of all views together, by a rough count. */
const maxSize = 64_000_000;
/** What a view takes besides its texts. */
const viewSize = 500;

/**
 * Views that have been read, until the model that they are of changes. The projection says so by {@link forget} with
 * each event that it takes in, in the same turn in which it changes the rows; whoever reads afterwards makes them anew.
 * Equal views are the same object, so what is made of one may be remembered by it.
 */
export class ViewCache {
  readonly #models = new LRUCache<string, KnownModel>({ maxSize, dispose: (model) => this.#drop(model) });
  readonly #names = new Map<string, KnownModel>();
  readonly #modelRows = new Map<number, RegisteredModelView>();
  readonly #versionRows = new Map<number, ModelVersionView>();

  /** A model with its latest versions. */
  model(name: string): RegisteredModelView | undefined {
    const row = this.#names.get(name)?.modelRow;
    return row === undefined ? undefined : this.#modelRows.get(row);
  }

  /** A version with its aliases. */
  version(name: string, version: number): ModelVersionView | undefined {
    return this.#names.get(name)?.versions.get(version);
  }

  /** A version without its aliases, by the id of its row. */
  versionRow(row: number): ModelVersionView | undefined {
    return this.#versionRows.get(row);
  }

  /** A model with its latest versions, by the id of its row. */
  modelRow(row: number): RegisteredModelView | undefined {
    return this.#modelRows.get(row);
  }

  keepVersion(of: ViewedModel, view: ModelVersionView): void {
    this.#known(of, sizeOfVersion(view)).versions.set(view.version, view);
  }

  keepVersionRow(of: ViewedModel, row: number, view: ModelVersionView): void {
    this.#known(of, sizeOfVersion(view)).versionRows.set(row, view);
    this.#versionRows.set(row, view);
  }

  keepModelRow(of: ViewedModel, row: number, view: RegisteredModelView): void {
    this.#known(of, sizeOfModel(view)).modelRow = row;
    this.#modelRows.set(row, view);
  }

  /** The model of this stream has changed, or one of its versions, tags or aliases. */
  forget(stream: string): void {
    this.#models.delete(stream);
  }

  clear(): void {
    this.#models.clear();
  }

  #known({ stream, name }: ViewedModel, more: number): KnownModel {
    const known = this.#models.peek(stream) ?? begun(stream, name);
    known.size += more;
    this.#models.set(stream, known, { size: Math.min(known.size, maxSize), noDisposeOnSet: true });
    this.#names.set(name, known);
    return known;
  }

  #drop({ name, modelRow, versionRows }: KnownModel): void {
    this.#names.delete(name);
    if (modelRow !== undefined) this.#modelRows.delete(modelRow);
    for (const row of versionRows.keys()) this.#versionRows.delete(row);
  }
}

function begun(stream: string, name: string): KnownModel {
  return { stream, name, versions: new Map(), versionRows: new Map(), modelRow: undefined, size: 0 };
}

function sizeOfVersion({ description, source, tags }: ModelVersionView): number {
  const texts = (description?.length ?? 0) + source.length;
  return tags.reduce((size, { key, value }) => size + key.length + value.length, viewSize + texts);
}

function sizeOfModel({ description, tags, latestVersions }: RegisteredModelView): number {
  const own = tags.reduce((size, { key, value }) => size + key.length + value.length, description.length);
  return latestVersions.reduce((size, version) => size + sizeOfVersion(version), viewSize + own);
}
