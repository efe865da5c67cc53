import type { AllStreamResolvedEvent, Position as ServerPosition } from '@eventstore/db-client';
import type { Position } from '../../application/ports/event-store.js';
import type { ServerEvent } from './recorded-event.js';
import { toServerPosition } from './recorded-event.js';
import type { ReadingContext } from './stream-reading.js';

export interface LogPagesRequest {
  readonly direction: 'forwards' | 'backwards';
  /** Where to begin: the event there is included when it is read forwards, and may be when it is read backwards. */
  readonly from: Position | 'start' | 'end';
  /** How many events are asked for at first. */
  readonly firstPage: number;
}

const largestPage = 512;
const growth = 4;

/**
 * Everything in the server's log, of whomever, page by page. The client cannot have it filtered by the server when it
 * reads, and a call without an end would make the server send what nobody wants.
 */
export async function* readLogPages(
  context: ReadingContext,
  { direction, from, firstPage }: LogPagesRequest,
): AsyncGenerator<ServerEvent, void> {
  let next: ServerPosition | 'start' | 'end' = typeof from === 'number' ? toServerPosition(from) : from;
  let last: ServerPosition | undefined;
  for (let size = firstPage; ; size = Math.min(size * growth, largestPage)) {
    let delivered = 0;
    for await (const { event } of readPage(context, direction, next, size)) {
      delivered += 1;
      // A page begins with the event with which the one before has ended, in some versions backwards too.
      if (event === undefined || (last !== undefined && !isPast(event.position, last, direction))) continue;
      last = event.position;
      next = event.position;
      yield event;
    }
    if (delivered < size) return;
  }
}

async function* readPage(
  { client, reading, requiresLeader }: ReadingContext,
  direction: 'forwards' | 'backwards',
  from: ServerPosition | 'start' | 'end',
  size: number,
): AsyncGenerator<AllStreamResolvedEvent, void> {
  const open = (last: AllStreamResolvedEvent | undefined) =>
    client.readAll({
      direction,
      fromPosition: last?.event?.position ?? from,
      maxCount: size,
      requiresLeader,
    });
  for await (const batch of reading.batches(open)) yield* batch;
}

function isPast(
  position: ServerPosition,
  last: ServerPosition,
  direction: 'forwards' | 'backwards',
): boolean {
  const difference = position.commit - last.commit || position.prepare - last.prepare;
  return direction === 'forwards' ? difference > 0n : difference < 0n;
}
