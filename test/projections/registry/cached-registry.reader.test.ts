import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RegistryReader } from '../../../src/application/queries/registry-reader.js';
import type { ModelVersionView } from '../../../src/application/queries/views.js';
import { CachedRegistryReader } from '../../../src/projections/registry/cached-registry.reader.js';

/** Counts how often it is asked; every version it knows is one of the model `iris`. */
class CountingReader {
  asked = 0;

  modelVersion(name: string, version: number): ModelVersionView | undefined {
    this.asked += 1;
    return name === 'iris' ? ({ name, version } as ModelVersionView) : undefined;
  }
}

describe('the cache of the registry', () => {
  let changes: number;
  let source: CountingReader;
  let cached: CachedRegistryReader;

  beforeEach(() => {
    changes = 0;
    source = new CountingReader();
    cached = new CachedRegistryReader(source as unknown as RegistryReader, () => changes);
  });

  it('asks once for what does not change', () => {
    expect(cached.modelVersion('iris', 1)).toBe(cached.modelVersion('iris', 1));
    expect(source.asked).toBe(1);
  });

  it('asks again after any change', () => {
    cached.modelVersion('iris', 1);
    changes += 1;
    cached.modelVersion('iris', 1);
    expect(source.asked).toBe(2);
  });

  it('tells versions apart', () => {
    expect(cached.modelVersion('iris', 1)?.version).toBe(1);
    expect(cached.modelVersion('iris', 2)?.version).toBe(2);
  });

  it('asks every time for what is not there', () => {
    cached.modelVersion('lily', 1);
    cached.modelVersion('lily', 1);
    expect(source.asked).toBe(2);
  });
});
