/**
 * How Python writes values, because MLflow's messages quote them so and clients match on the messages.
 */

/** Deeper than anybody nests by hand, and shallow enough for every stack. */
const maxDepth = 100;

/**
 * `json.dumps(value, sort_keys=True, separators=(",", ":"))`: compact, keys sorted, ASCII only. What is nested deeper
 * than a hundred levels is left out.
 */
export function pythonJson(value: unknown): string {
  return JSON.stringify(sortKeys(value)).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function sortKeys(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === maxDepth) return '…';
  if (Array.isArray(value)) return value.map((inner) => sortKeys(inner, depth + 1));
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner, depth + 1)]));
}

/** `repr(text)`: in single quotes unless that would need escaping, control characters escaped. */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    .replace(/[\u0000-\u001f\u007f]/g, (unit) => `\\x${unit.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return quote + escaped + quote;
}

/** `len(text)`: code points, where JavaScript counts UTF-16 units. */
export function pythonLength(text: string): number {
  return Array.from(text).length;
}
