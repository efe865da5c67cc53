import type { Position, RecordedEvent } from '../../application/ports/event-store.js';
import type { LogRow } from './log-row.js';
import { sizeOf, toRecordedEvent } from './log-row.js';

const mostEvents = 4_096;
const mostText = 8 * 1024 * 1024;

/** Consecutive events of the log, those that have been asked for already parsed. */
interface Generation {
  readonly first: Position;
  readonly entries: (LogRow | RecordedEvent)[];
  text: number;
}

/**
 * The newest events, in memory, for subscribers that keep up. Each is parsed when the first of them asks for it.
 *
 * Two generations, the older of which is dropped whole when the younger is full, so that it is bounded and nothing
 * ever has to be moved.
 */
export class CommittedTail {
  #older: Generation;
  #younger: Generation;

  constructor(head: Position) {
    this.#older = begun(head + 1);
    this.#younger = begun(head + 1);
  }

  /** Adds events that follow those that are here without a gap. */
  add(rows: readonly LogRow[]): void {
    for (const row of rows) {
      if (this.#younger.entries.length >= mostEvents || this.#younger.text >= mostText) {
        this.#older = this.#younger;
        this.#younger = begun(row[0]);
      }
      this.#younger.entries.push(row);
      this.#younger.text += sizeOf(row);
    }
  }

  /** The events after a position, at most `limit` of them; `undefined` when they are no longer in memory. */
  after(position: Position, limit: number): readonly RecordedEvent[] | undefined {
    const generation = position + 1 < this.#younger.first ? this.#older : this.#younger;
    const start = position + 1 - generation.first;
    return start < 0 ? undefined : parsed(generation.entries, start, start + limit);
  }
}

function begun(first: Position): Generation {
  return { first, entries: [], text: 0 };
}

function parsed(entries: (LogRow | RecordedEvent)[], start: number, end: number): readonly RecordedEvent[] {
  const events: RecordedEvent[] = [];
  const stop = Math.min(end, entries.length);
  for (let index = start; index < stop; index += 1) {
    const entry = entries[index];
    if (entry !== undefined) {
      events.push((entries[index] = isRow(entry) ? toRecordedEvent(entry) : entry));
    }
  }
  return events;
}

function isRow(entry: LogRow | RecordedEvent): entry is LogRow {
  return Array.isArray(entry);
}
