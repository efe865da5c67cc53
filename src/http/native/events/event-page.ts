import { Readable } from 'node:stream';
import type { Envelopes } from '../../../application/notices/envelopes.js';
import type { NoticePage } from '../../../application/notices/notice-reader.js';
import type { Position } from '../../../application/ports/event-store.js';

export const eventFormats = ['json', 'batch', 'ndjson'] as const;

export type EventFormat = (typeof eventFormats)[number];

/** A page of events as text, which takes a fraction of the memory of what it is made of. */
export class EventPage {
  readonly #pieces: string[] = [];
  #reached: Position;

  /** @param after where it begins, exclusive */
  constructor(
    private readonly format: EventFormat,
    private readonly envelopes: Envelopes,
    after: Position,
  ) {
    this.#reached = after;
  }

  /** Everything up to here has been looked at. */
  get reached(): Position {
    return this.#reached;
  }

  add({ notices, reached }: NoticePage): void {
    this.#reached = reached;
    if (notices.length === 0) return;
    const events = notices.map((notice) => JSON.stringify(this.envelopes.of(notice)));
    this.#pieces.push(events.join(this.format === 'ndjson' ? '\n' : ','));
  }

  /** @param next where the page after it is */
  text(next: string): Readable {
    return Readable.from(this.#text(next), { objectMode: false });
  }

  *#text(next: string): Iterable<string> {
    const isLines = this.format === 'ndjson';
    if (!isLines) yield this.format === 'json' ? '{"items":[' : '[';
    for (const [index, piece] of this.#pieces.entries()) {
      yield isLines ? `${piece}\n` : index === 0 ? piece : `,${piece}`;
    }
    if (!isLines) {
      yield this.format === 'json' ? `],"position":${this.#reached},"next":${JSON.stringify(next)}}` : ']';
    }
  }
}
