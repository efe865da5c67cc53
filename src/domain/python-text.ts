/**
 * How Python writes values, because MLflow's messages quote them so and clients match on the messages.
 */

/** A value that JSON has; the members of an object are a map, so that they keep their order, whatever they are called. */
export type PythonJsonValue = string | number | boolean | null | ReadonlyMap<string, PythonJsonValue>;

/** `json.dumps(value)`: a space behind commas and colons, members in their order, ASCII only. */
export function toPythonJson(value: PythonJsonValue): string {
  if (!(value instanceof Map)) return inAscii(JSON.stringify(value));
  const members = Array.from(value as ReadonlyMap<string, PythonJsonValue>).map(
    ([key, inner]) => `${inAscii(JSON.stringify(key))}: ${toPythonJson(inner)}`,
  );
  return `{${members.join(', ')}}`;
}

/** Deeper than anybody nests by hand, and shallow enough for every stack. */
const maxDepth = 100;

/**
 * `json.dumps(value, sort_keys=True, separators=(",", ":"))`: compact, keys sorted, ASCII only. What is nested deeper
 * than a hundred levels is left out.
 */
export function pythonJson(value: unknown): string {
  return inAscii(compactJson(value));
}

function inAscii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function compactJson(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (depth === maxDepth) return '"…"';
  if (Array.isArray(value)) return `[${value.map((inner) => compactJson(inner, depth + 1)).join(',')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const members = entries.map(([key, inner]) => `${JSON.stringify(key)}:${compactJson(inner, depth + 1)}`);
  return `{${members.join(',')}}`;
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
    .replace(/(?! )[\p{C}\p{Z}]/gu, escapeUnprintable);
  return quote + escaped + quote;
}

function escapeUnprintable(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}

/** `len(text)`: code points, where JavaScript counts UTF-16 units. */
export function pythonLength(text: string): number {
  return Array.from(text).length;
}
