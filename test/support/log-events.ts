import { randomUUID } from 'node:crypto';
import type {
  Appended,
  EventStore,
  ExpectedRevision,
  JsonObject,
  NewEvent,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionMessage,
} from '../../src/application/ports/event-store.js';

/** An event that means nothing: the log does not care. */
export function counted(count: number, data: JsonObject = {}): NewEvent {
  return {
    id: randomUUID(),
    type: 'Counted',
    data: { count, ...data },
    metadata: { actor: { type: 'user', id: 'ada' } },
  };
}

export function countedUpTo(length: number): NewEvent[] {
  return Array.from({ length }, (_, index) => counted(index));
}

/** A prefix of stream names that nothing else in the log has. */
export function ownPrefix(): string {
  return `contract${randomUUID()}-`;
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) {
    collected.push(item);
  }
  return collected;
}

/** For what a loop cannot say: to ask without waiting, and to leave while waiting. */
export function iterator<T>(items: AsyncIterable<T>): AsyncIterator<T> {
  return items[Symbol.asyncIterator]();
}

/** Appends the events one after the other, each in an append of its own. */
export async function appendOneByOne(
  store: EventStore,
  stream: string,
  events: readonly NewEvent[],
): Promise<readonly Appended[]> {
  const appended: Appended[] = [];
  let expected: ExpectedRevision = 'no-stream';
  for (const event of events) {
    const answer = await store.append(stream, expected, [event]);
    expected = answer.revision;
    appended.push(answer);
  }
  return appended;
}

/** Fills a new stream with so many events, in appends of a size that every log takes. */
export async function appendLong(store: EventStore, stream: string, length: number): Promise<void> {
  let expected: ExpectedRevision = 'no-stream';
  for (let appended = 0; appended < length; appended += 500) {
    expected = (await store.append(stream, expected, countedUpTo(Math.min(500, length - appended)))).revision;
  }
}

/** What a subscription says until it has said enough; then it is left. */
export async function messagesUntil(
  store: EventStore,
  options: Omit<SubscribeOptions, 'signal'>,
  enough: (message: SubscriptionMessage) => boolean,
): Promise<SubscriptionMessage[]> {
  const messages: SubscriptionMessage[] = [];
  for await (const message of store.subscribe({ ...options, signal: new AbortController().signal })) {
    messages.push(message);
    if (enough(message)) {
      break;
    }
  }
  return messages;
}

export function eventsOf(messages: readonly SubscriptionMessage[]): RecordedEvent[] {
  return messages.flatMap((message) => (message.kind === 'events' ? message.events : []));
}

/** Says yes once so many events have been delivered. */
export function afterEvents(count: number): (message: SubscriptionMessage) => boolean {
  let delivered = 0;
  return (message) => {
    delivered += message.kind === 'events' ? message.events.length : 0;
    return delivered >= count;
  };
}

export function whenCaughtUp(message: SubscriptionMessage): boolean {
  return message.kind === 'caughtUp';
}
