import type { Tag } from '../../domain/registered-model/events.js';

const none: readonly Tag[] = [];

/** The tags as a column holds them: JSON, by key in byte order. */
export function writeTags(tags: readonly Tag[]): string {
  if (tags.length === 0) return '[]';
  return JSON.stringify(tags.every(isInPlace) ? tags : tags.toSorted(byKey));
}

function isInPlace(tag: Tag, place: number, tags: readonly Tag[]): boolean {
  const before = tags[place - 1];
  return before === undefined || byKey(before, tag) < 0;
}

function byKey(a: Tag, b: Tag): number {
  return compareAsBytes(a.key, b.key);
}

export function readTags(column: string): readonly Tag[] {
  return column === '[]' ? none : (JSON.parse(column) as readonly Tag[]);
}

export function withTag(tags: readonly Tag[], tag: Tag): readonly Tag[] {
  return [...withoutTag(tags, tag.key), tag];
}

export function withoutTag(tags: readonly Tag[], key: string): readonly Tag[] {
  return tags.filter((tag) => tag.key !== key);
}

/** MLflow keeps prompts as registered models that carry this tag, on the model and on each version. */
export function isPrompt(tags: readonly Tag[]): boolean {
  return tags.some(({ key, value }) => key === 'mlflow.prompt.is_prompt' && value === 'true');
}

/** The order of the texts in UTF-8, as SQLite has it; JavaScript's own order is that of UTF-16. */
function compareAsBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const unit = a.charCodeAt(index);
    const other = b.charCodeAt(index);
    if (unit !== other) return rank(unit) - rank(other);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all that fit in one unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
