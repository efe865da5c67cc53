import type { PastVersion } from './past-views.js';

/** One field on both sides; undefined where it is not there. */
export interface FieldDifference {
  readonly field: string;
  readonly left: unknown;
  readonly right: unknown;
  readonly changed: boolean;
}

/** Two versions, or one at two times, side by side. */
export interface Difference {
  readonly fields: readonly FieldDifference[];
  /** By key, in the order of both sides' tags. */
  readonly tags: readonly FieldDifference[];
  readonly aliases: readonly FieldDifference[];
  /** Whether anything differs. */
  readonly changed: boolean;
}

const compared = [
  'name',
  'version',
  'stage',
  'description',
  'status',
  'statusMessage',
  'source',
  'storageLocation',
  'runId',
  'runLink',
  'loggedModelId',
  'createdAt',
  'updatedAt',
  'deleted',
] as const satisfies readonly (keyof PastVersion)[];

/** What is different between two versions as they were, each at a position of its own. */
export function differenceOf(left: PastVersion, right: PastVersion): Difference {
  const fields = compared.map((field) => difference(field, left[field], right[field]));
  const tags = differences(tagMap(left), tagMap(right));
  const aliases = differences(aliasMap(left), aliasMap(right));
  const changed = [...fields, ...tags, ...aliases].some((one) => one.changed);
  return { fields, tags, aliases, changed };
}

function differences(
  left: ReadonlyMap<string, unknown>,
  right: ReadonlyMap<string, unknown>,
): readonly FieldDifference[] {
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
  return keys.map((key) => difference(key, left.get(key), right.get(key)));
}

function difference(field: string, left: unknown, right: unknown): FieldDifference {
  return { field, left, right, changed: left !== right };
}

function tagMap({ tags }: PastVersion): ReadonlyMap<string, string> {
  return new Map(tags.map(({ key, value }) => [key, value]));
}

function aliasMap({ aliases }: PastVersion): ReadonlyMap<string, true> {
  return new Map(aliases.map((alias) => [alias, true]));
}
