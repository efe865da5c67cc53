import type { RecordedEvent } from './recorded-event.js';
import { deletedRevision } from './recorded-event.js';

/** What the metadata of a stream say about what may be read of it, and by whom. */
export interface StreamMetadata {
  /** The first revision to be read. */
  readonly truncateBefore: bigint;
  readonly maxCount?: number;
  readonly readers?: readonly string[];
  readonly writers?: readonly string[];
}

export function metastreamOf(stream: string): string {
  return `$$${stream}`;
}

export function readMetadata(event: RecordedEvent | undefined): StreamMetadata {
  const written = parse(event);
  const acl = written['$acl'] as { $r?: string | string[]; $w?: string | string[] } | undefined;
  const before = Number(written['$tb'] ?? 0);
  return {
    truncateBefore: before > Number.MAX_SAFE_INTEGER ? deletedRevision : BigInt(before),
    ...(typeof written['$maxCount'] === 'number' && { maxCount: written['$maxCount'] }),
    ...(acl?.$r !== undefined && { readers: [acl.$r].flat() }),
    ...(acl?.$w !== undefined && { writers: [acl.$w].flat() }),
  };
}

/** The metadata of an event with another `$tb`, as JSON: a number that JavaScript could not write. */
export function writeMetadata(event: RecordedEvent | undefined, truncateBefore: bigint): string {
  const { $tb: _, ...others } = parse(event);
  const members = Object.entries(others).map(([key, value]) => `"${key}":${JSON.stringify(value)}`);
  return `{${[...members, `"$tb":${truncateBefore}`].join()}}`;
}

function parse(event: RecordedEvent | undefined): Record<string, unknown> {
  return event === undefined ? {} : JSON.parse(Buffer.from(event.data).toString());
}
