import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ModelVersion } from '../../../src/domain/registered-model/model-version.js';
import { Versions } from '../../../src/domain/registered-model/versions.js';

function version(number: number, source = ''): ModelVersion {
  return {
    version: number,
    createdAt: 0,
    updatedAt: 0,
    stage: 'None',
    description: '',
    source,
    storageLocation: null,
    runId: '',
    runLink: '',
    loggedModelId: null,
    status: 'READY',
    statusMessage: null,
    tags: new Map(),
    deleted: false,
  };
}

/** What one does with versions, in terms of a plain list of them. */
type Change = (plain: readonly ModelVersion[], versions: Versions) => [readonly ModelVersion[], Versions];

const grown: fc.Arbitrary<Change> = fc
  .record({ by: fc.integer({ min: 1, max: 70 }) })
  .map(({ by }): Change => (plain, versions) => {
    const added = Array.from({ length: by }, (_, index) => version(plain.length + index + 1));
    return [[...plain, ...added], added.reduce((all, one) => all.with(one), versions)];
  });
const replaced: fc.Arbitrary<Change> = fc
  .tuple(fc.nat(), fc.string())
  .map(([pick, source]): Change => (plain, versions) => {
    const old = plain[pick % plain.length];
    if (old === undefined) return [plain, versions];
    const changed = { ...old, source };
    return [plain.map((one) => (one === old ? changed : one)), versions.with(changed)];
  });
const mapped: fc.Arbitrary<Change> = fc
  .string()
  .map((source): Change => (plain, versions) => [
    plain.map((one) => ({ ...one, source })),
    versions.map((one) => ({ ...one, source })),
  ]);

function expectSame(versions: Versions, plain: readonly ModelVersion[]): void {
  expect([...versions]).toEqual(plain);
  expect(versions.highestNumber).toBe(plain.length);
  expect(plain.map(({ version }) => versions.get(version))).toEqual(plain);
}

describe('the versions of a model', () => {
  it('behave like a plain list, and the old ones stay as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(grown, replaced, mapped), { maxLength: 12 }), (changes) => {
        let plain: readonly ModelVersion[] = [];
        let versions = Versions.none;
        const past: [Versions, readonly ModelVersion[]][] = [];
        for (const change of changes) {
          past.push([versions, plain]);
          [plain, versions] = change(plain, versions);
        }
        expectSame(versions, plain);
        for (const [old, oldPlain] of past) expectSame(old, oldPlain);
      }),
      { numRuns: 100 },
    );
  });

  it('are made of a list of them', () => {
    const plain = Array.from({ length: 130 }, (_, index) => version(index + 1));
    expectSame(Versions.of(plain), plain);
  });

  it.each([0, -1, 4, 65, 1.5, NaN])('have none with the number %d', (number) =>
    expect(Versions.of([version(1), version(2), version(3)]).get(number)).toBeUndefined(),
  );

  it('are none in the beginning, for every model', () => {
    Versions.none.with(version(1));
    expectSame(Versions.none, []);
  });
});
