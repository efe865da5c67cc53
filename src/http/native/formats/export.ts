import { Readable } from 'node:stream';
import type { AuditEntry } from '../../../application/queries/history/audit-entry.js';
import { entryMessage } from '../messages/audit.messages.js';
import { csvHeader, csvLines } from './csv.js';

type Entries = AsyncIterable<readonly AuditEntry[]>;

/** All entries as text, made while it is read: no more than one batch is in memory. */
export function exported(entries: Entries, format: 'ndjson' | 'csv'): Readable {
  return Readable.from(format === 'csv' ? csv(entries) : ndjson(entries), { objectMode: false });
}

async function* ndjson(entries: Entries): AsyncIterable<string> {
  for await (const batch of entries) {
    let lines = '';
    for (const entry of batch) lines += `${JSON.stringify(entryMessage(entry))}\n`;
    yield lines;
  }
}

async function* csv(entries: Entries): AsyncIterable<string> {
  yield csvHeader;
  for await (const batch of entries) yield csvLines(batch);
}
