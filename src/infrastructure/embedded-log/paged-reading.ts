import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
} from '../../application/ports/event-store.js';
import type { EmbeddedReader } from './embedded-reader.js';

/** One stream, page by page; other work gets its turn between the pages. */
export async function* readStreamPages(
  reader: EmbeddedReader,
  stream: string,
  { direction = 'forwards', from, limit = Infinity }: ReadStreamOptions,
): AsyncGenerator<RecordedEvent, void> {
  reader.refuseWhenClosed();
  const step = direction === 'forwards' ? 1 : -1;
  let next = from ?? (step > 0 ? 0 : Number.MAX_SAFE_INTEGER);
  let left = limit;
  while (left > 0) {
    const { events, more } = reader.streamPage({ stream, direction, from: next, limit: left });
    for (const event of events) {
      yield event;
      next = event.revision + step;
    }
    if (!more) {
      return;
    }
    left -= events.length;
    await nextTurn();
  }
}

/** The log up to `head`, page by page; other work gets its turn between the pages. */
export async function* readLogPages(
  reader: EmbeddedReader,
  head: Position,
  { direction = 'forwards', from, limit = Infinity, filter }: ReadAllOptions,
): AsyncGenerator<RecordedEvent, void> {
  reader.refuseWhenClosed();
  const step = direction === 'forwards' ? 1 : -1;
  const to = step > 0 ? head : 1;
  let next = step > 0 ? Math.max(from ?? 1, 1) : Math.min(from ?? head, head);
  let left = limit;
  while (left > 0 && (to - next) * step >= 0) {
    const { events, through } = reader.logPage({ direction, from: next, to, limit: left, filter });
    for (const event of events) {
      yield event;
    }
    if (through === to) {
      return;
    }
    next = through + step;
    left -= events.length;
    await nextTurn();
  }
}
