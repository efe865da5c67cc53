import type { ModelVersion } from './model-version.js';

const pageSize = 64;

/**
 * The versions of a model, deleted ones included: number n is the nth entry, because numbers rise by one and are
 * never used twice.
 *
 * A persistent list: `with` leaves the old one as it is and copies one page of it, not all, so that a model with many
 * thousands of versions is decided as fast as one with few.
 */
export class Versions implements Iterable<ModelVersion> {
  static readonly none = new Versions([], 0);

  private constructor(
    private readonly pages: readonly (readonly ModelVersion[])[],
    readonly highestNumber: number,
  ) {}

  /** The versions with the numbers 1, 2, 3, … */
  static of(versions: Iterable<ModelVersion>): Versions {
    let all = Versions.none;
    for (const version of versions) all = all.with(version);
    return all;
  }

  /** The version with this number, deleted or not; undefined when there never was one. */
  get(number: number): ModelVersion | undefined {
    const index = number - 1;
    return this.pages[Math.floor(index / pageSize)]?.[index % pageSize];
  }

  /** These versions with one of them replaced, or with the next one added. */
  with(version: ModelVersion): Versions {
    const index = version.version - 1;
    const pages = [...this.pages];
    const page = [...(pages[Math.floor(index / pageSize)] ?? [])];
    page[index % pageSize] = version;
    pages[Math.floor(index / pageSize)] = page;
    return new Versions(pages, Math.max(this.highestNumber, version.version));
  }

  /** All of them, changed by a function. */
  map(change: (version: ModelVersion) => ModelVersion): Versions {
    return new Versions(
      this.pages.map((page) => page.map(change)),
      this.highestNumber,
    );
  }

  /** By rising number. */
  *[Symbol.iterator](): Iterator<ModelVersion> {
    for (const page of this.pages) yield* page;
  }
}
