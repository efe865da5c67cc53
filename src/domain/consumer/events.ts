import type { NoticeFilter } from '../notices/notice-filter.js';

interface Facts {
  /** Its checkpoint begins at the position `after`: it is given what is recorded after that. */
  ConsumerCreated: { name: string; description: string | null; filter: NoticeFilter; after: number };
  /** It has dealt with everything up to this position, which is never before its checkpoint. */
  ConsumerAcknowledged: { position: number };
  /** Its checkpoint was put to another place, back or forth, from where it was. */
  ConsumerSought: { from: number; position: number };
  /** It is given nothing until it is resumed. */
  ConsumerPaused: Record<string, never>;
  ConsumerResumed: Record<string, never>;
  ConsumerDeleted: Record<string, never>;
  /** A request with an Idempotency-Key changed nothing: this remembers that it was answered. */
  NothingChanged: Record<string, never>;
}

/** The wire names of the events in a consumer's stream. They never change. */
export type ConsumerEventType = keyof Facts;

/** Everything that can happen to a named consumer. `at` is when, in milliseconds since the epoch. */
export type ConsumerEvent = {
  [Type in ConsumerEventType]: {
    readonly type: Type;
    readonly data: Readonly<Facts[Type]>;
    readonly at: number;
  };
}[ConsumerEventType];
