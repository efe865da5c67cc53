import { LogUnavailableError } from '../../application/ports/event-store.js';
import type { Position, ReadAllOptions, RecordedEvent } from '../../application/ports/event-store.js';
import { passes } from '../event-store/event-filter.js';
import { isInvalidPosition } from './failures.js';
import { readLogPages } from './log-pages.js';
import type { LogScope } from './log-scope.js';
import type { ServerEvent } from './recorded-event.js';
import { positionOf, toRecordedEvent } from './recorded-event.js';
import type { ReadingContext } from './stream-reading.js';

/** Enough for one round trip when little is asked for, and not much too much. */
const usualFirstPage = 64;

/** The log up to the head that is found for it. */
export async function* readLog(
  context: ReadingContext,
  scope: LogScope,
  headToReach: Promise<Position>,
  { direction = 'forwards', from, limit = Infinity, filter }: ReadAllOptions,
): AsyncGenerator<RecordedEvent, void> {
  context.reading.refuseWhenClosed();
  if (limit <= 0) return;
  const head = await headToReach;
  const newest = direction === 'forwards' ? head : Math.min(from ?? head, head);
  const oldest = direction === 'forwards' ? (from ?? 0) : 0;
  let left = limit;
  for await (const event of eventsFrom(
    context,
    direction,
    from !== undefined && from < head ? from : undefined,
  )) {
    const position = positionOf(event);
    if (direction === 'forwards' && position > newest) return;
    if (position > newest || position < oldest || !scope.includes(event.streamId)) continue;
    if (filter !== undefined && !passes(filter, event.streamId)) continue;
    yield toRecordedEvent(event);
    left -= 1;
    if (left === 0) return;
  }
}

/**
 * Everything from a position on, the event there included, and possibly more before it.
 *
 * A position of another log is no place in this one and the server refuses to read from there. Then all there is is
 * read; whoever asked knows which of it is wanted.
 */
async function* eventsFrom(
  context: ReadingContext,
  direction: 'forwards' | 'backwards',
  from: Position | undefined,
): AsyncGenerator<ServerEvent, void> {
  try {
    if (from === undefined || from <= 0) yield* everything(context, direction);
    else if (direction === 'forwards')
      yield* readLogPages(context, { direction, from, firstPage: usualFirstPage });
    else yield* backwardsFrom(context, from);
  } catch (error) {
    if (!(error instanceof LogUnavailableError) || !isInvalidPosition(error.cause)) throw error;
    yield* everything(context, direction);
  }
}

function everything(
  context: ReadingContext,
  direction: 'forwards' | 'backwards',
): AsyncGenerator<ServerEvent, void> {
  const from = direction === 'forwards' ? 'start' : 'end';
  return readLogPages(context, { direction, from, firstPage: usualFirstPage });
}

/** Read backwards, the server leaves out the event at the position itself. */
async function* backwardsFrom(context: ReadingContext, from: Position): AsyncGenerator<ServerEvent, void> {
  for await (const event of readLogPages(context, { direction: 'forwards', from, firstPage: 2 })) {
    if (positionOf(event) === from) yield event;
    break;
  }
  const before = readLogPages(context, { direction: 'backwards', from, firstPage: usualFirstPage });
  for await (const event of before) if (positionOf(event) < from) yield event;
}
