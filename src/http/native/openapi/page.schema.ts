import type { JsonSchema } from '../requests/json-schema.js';
import { list, nullable, object, ref, string } from './schema-words.js';

/** One page of a list of what has this name. */
export function page(item: string, more: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  return object({
    items: list(ref(item)),
    next: nullable(
      string,
      'Where the next page is; null after the last. A page may be short, and yet not the last.',
    ),
    asOf: ref('AsOf'),
    ...more,
  });
}
