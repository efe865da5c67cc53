import { pythonRepr } from '../../../domain/python-text.js';

/** Deeper than anyone reads, and shallow enough for the stack. */
const maxDepth = 20;

/** `repr` of a set of texts. Python's own order is arbitrary; here it is the alphabet's. */
export function pythonSet(texts: readonly string[]): string {
  return `{${texts.toSorted().map(pythonRepr).join(', ')}}`;
}

/** `repr` of a list of texts. */
export function pythonList(texts: readonly string[]): string {
  return `[${texts.map(pythonRepr).join(', ')}]`;
}

/** `repr` of a float: never without a point or an exponent, and with other limits for the latter than JavaScript's. */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [digits, exponent] = value.toExponential().split('e') as [string, string];
  if (value !== 0 && (Number(exponent) < -4 || Number(exponent) >= 16)) {
    return `${digits}e${exponent[0]!}${exponent.slice(1).padStart(2, '0')}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** `repr` of what JSON can express, as `json.loads` makes it. */
export function pythonValue(value: unknown, depth = 0): string {
  if (typeof value === 'string') return pythonRepr(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : pythonFloat(value);
  if (value === null || typeof value !== 'object') return 'None';
  if (depth > maxDepth) return '...';
  if (Array.isArray(value)) return `[${value.map((item) => pythonValue(item, depth + 1)).join(', ')}]`;
  const entries = Object.entries(value).map(
    ([key, item]) => `${pythonRepr(key)}: ${pythonValue(item, depth + 1)}`,
  );
  return `{${entries.join(', ')}}`;
}

/** `repr` of bytes. */
export function pythonBytes(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes).toString('latin1');
  const repr = pythonRepr(latin).replace(
    /[\u0080-\u00ff]/g,
    (unit) => `\\x${unit.charCodeAt(0).toString(16)}`,
  );
  return `b${repr}`;
}
