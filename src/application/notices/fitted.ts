import type { JsonObject } from '../ports/event-store.js';

/**
 * Bytes of `data` at most. CloudEvents asks everybody to forward events of up to 64 KiB; what is beside the data takes
 * 5 KiB at most.
 */
export const dataLimit = 60_000;

const longestAtFirst = 16_384;
/** How many elements a list keeps where texts keep so many characters. */
const charactersForEachElement = 16;
const bytesOfCharacterAtMost = 6;
const bytesOfOtherAtMost = 32;

/**
 * The same if it is small enough. Otherwise texts and lists are cut, all to the same length, to half of it until it
 * fits, and `truncated` has a JSON Pointer (RFC 6901) to each that was: of lists of versions the highest numbers stay,
 * of others the first elements. What was cut is whole in the audit trail.
 */
export function fitted(data: JsonObject): JsonObject {
  if (bytesAtMost(data) <= dataLimit || bytes(data) <= dataLimit) return data;
  for (let longest = longestAtFirst; ; longest /= 2) {
    const truncated: string[] = [];
    const whole = { ...(cut(data, longest, '', truncated) as JsonObject), truncated };
    if (bytes(whole) <= dataLimit) return whole;
  }
}

function bytes(value: JsonObject): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** How large the JSON can be, found faster than how large it is. */
function bytesAtMost(value: unknown): number {
  if (typeof value === 'string') return bytesOfCharacterAtMost * value.length + bytesOfOtherAtMost;
  if (typeof value !== 'object' || value === null) return bytesOfOtherAtMost;
  let sum = bytesOfOtherAtMost;
  if (Array.isArray(value)) for (const element of value) sum += bytesAtMost(element);
  else for (const key in value) sum += bytesOfOtherAtMost + bytesAtMost((value as JsonObject)[key]);
  return sum;
}

function cut(value: unknown, longest: number, pointer: string, truncated: string[]): unknown {
  if (typeof value === 'string') {
    if (value.length <= longest) return value;
    truncated.push(pointer);
    return beginning(value, longest);
  }
  if (Array.isArray(value)) {
    const elements = value as readonly unknown[];
    const most = Math.floor(longest / charactersForEachElement);
    if (elements.length > most) truncated.push(pointer);
    const kept = typeof elements[0] === 'number' ? last(elements, most) : elements.slice(0, most);
    return kept.map((element, index) => cut(element, longest, `${pointer}/${index}`, truncated));
  }
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, cut(member, longest, `${pointer}/${key}`, truncated)]),
  );
}

function last<Element>(elements: readonly Element[], most: number): readonly Element[] {
  return elements.slice(Math.max(0, elements.length - most));
}

/** Never half of a surrogate pair. */
function beginning(text: string, length: number): string {
  const code = text.charCodeAt(length - 1);
  const isHalf = code >= 0xd800 && code <= 0xdbff;
  return text.slice(0, isHalf ? length - 1 : length);
}
