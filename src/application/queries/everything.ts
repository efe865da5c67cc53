import type { PageOf } from './history/past-reader.js';
import type { Page } from './search-criteria.js';

const pageSize = 500;

/** The items of all pages. For questions about one model, which one document can hold the answer to. */
export function everything<Item>(read: (page: PageOf) => Page<Item>): readonly Item[] {
  const items: Item[] = [];
  for (let page = read({ limit: pageSize }); ; page = read({ limit: pageSize, after: page.end })) {
    items.push(...page.items);
    if (page.end === undefined) return items;
  }
}
