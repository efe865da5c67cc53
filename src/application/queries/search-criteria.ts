/** `LIKE` respects letter case, `ILIKE` does not; `%` stands for any text, `_` for any character, nothing escapes. */
export type TextComparator = '=' | '!=' | 'LIKE' | 'ILIKE';

export type NumberComparator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A tag must exist and its value compare so. `!=` does not match what lacks the tag. */
export interface TagCondition {
  readonly kind: 'tag';
  readonly key: string;
  readonly comparator: TextComparator;
  readonly value: string;
}

export interface NameCondition {
  readonly kind: 'name';
  readonly comparator: TextComparator;
  readonly value: string;
}

/** The name is one of these. */
export interface NameListCondition {
  readonly kind: 'name_in';
  readonly values: readonly string[];
}

export type ModelCondition = NameCondition | NameListCondition | TagCondition;

export type VersionCondition =
  | NameCondition
  | NameListCondition
  | TagCondition
  | {
      readonly kind: 'run_id' | 'source_path';
      readonly comparator: TextComparator;
      readonly value: string;
    }
  | { readonly kind: 'run_id_in'; readonly values: readonly string[] }
  | { readonly kind: 'version_number'; readonly comparator: NumberComparator; readonly value: number };

export interface Order<Key extends string> {
  readonly key: Key;
  readonly direction: 'ASC' | 'DESC';
}

/** MLflow's `timestamp` and `last_updated_timestamp` are both `updatedAt`. */
export type ModelOrderKey = 'name' | 'updatedAt';

export type VersionOrderKey = 'name' | 'version' | 'createdAt' | 'updatedAt';

/**
 * What to look for: all conditions hold, in this order, one page of it.
 *
 * Prompts are registered models that carry a tag; they are left out unless asked for.
 */
export interface SearchCriteria<Condition, Key extends string> {
  readonly conditions: readonly Condition[];
  readonly prompts: 'hidden' | 'shown';
  /** The client's wishes, in its order and without repeated keys; the reader adds MLflow's tie-breaks. */
  readonly order: readonly Order<Key>[];
  /** At least 1. */
  readonly limit: number;
  /** Where the previous page ended, as {@link Page.end} said. */
  readonly after?: PageEnd;
}

export type ModelSearch = SearchCriteria<ModelCondition, ModelOrderKey>;
export type VersionSearch = SearchCriteria<VersionCondition, VersionOrderKey>;

/** The sort keys of the last row of a page, in the order of the search (tie-breaks included). */
export type PageEnd = readonly (string | number)[];

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where this page ends, if more follows. */
  readonly end?: PageEnd;
}
