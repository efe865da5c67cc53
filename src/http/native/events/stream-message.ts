import type { Envelopes } from '../../../application/notices/envelopes.js';
import type { Notice } from '../../../application/notices/notice.js';
import type { Tag } from '../../../domain/registered-model/events.js';

/** One notice as a server-sent event: made once, whoever gets it. */
export class StreamMessage {
  readonly #text: string;
  #tags: readonly Tag[] | undefined;
  #last: Buffer | undefined;
  #followed: Buffer | undefined;

  /** @param tagsOf asked once at most, and only if a filter wants to know */
  constructor(
    readonly notice: Notice,
    envelopes: Envelopes,
    private readonly tagsOf: (notice: Notice) => readonly Tag[],
  ) {
    this.#text = `event: ${notice.type}\ndata: ${JSON.stringify(envelopes.of(notice))}\n`;
  }

  get tags(): readonly Tag[] {
    return (this.#tags ??= this.tagsOf(this.notice));
  }

  /**
   * Its bytes. The position is its id, unless another message of the same position follows: whoever goes on behind an id
   * must not miss that one.
   */
  before(next: StreamMessage | undefined): Buffer {
    const { position } = this.notice;
    if (next?.notice.position === position) return (this.#followed ??= Buffer.from(`${this.#text}\n`));
    return (this.#last ??= Buffer.from(`${this.#text}id: ${position}\n\n`));
  }
}

/** Messages that follow each other. */
export function streamBytes(messages: readonly StreamMessage[]): Buffer {
  return Buffer.concat(messages.map((message, index) => message.before(messages[index + 1])));
}
