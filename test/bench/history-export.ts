import type { History } from '../../src/projections/history/open-history.js';

export interface Exported {
  readonly entries: number;
  readonly bytes: number;
  readonly seconds: number;
  /** By how much the memory of the process grew, in bytes. */
  readonly grown: number;
}

/** Reads the whole audit trail as NDJSON. */
export async function exportAll({ audit }: History): Promise<Exported> {
  const before = process.memoryUsage.rss();
  let highest = before;
  let entries = 0;
  let bytes = 0;
  const began = performance.now();
  for await (const some of audit.export({})) {
    for (const entry of some) bytes += JSON.stringify(entry).length + 1;
    entries += some.length;
    highest = Math.max(highest, process.memoryUsage.rss());
  }
  return { entries, bytes, seconds: (performance.now() - began) / 1_000, grown: highest - before };
}
