import type { NoticeFilter } from './notice-filter.js';

/** Whether two filters say the same: in which order types are listed, or how often, says nothing. */
export function isSameFilter(one: NoticeFilter, other: NoticeFilter): boolean {
  return (
    isSameSet(one.types, other.types) &&
    one.model === other.model &&
    one.from === other.from &&
    one.to === other.to &&
    one.tag?.key === other.tag?.key &&
    one.tag?.value === other.tag?.value
  );
}

function isSameSet(one: readonly string[] | null, other: readonly string[] | null): boolean {
  if (one === null || other === null) return one === other;
  return one.every((word) => other.includes(word)) && other.every((word) => one.includes(word));
}
