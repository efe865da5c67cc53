import type { EventStore } from '../ports/event-store.js';
import { StreamMailbox } from './stream-mailbox.js';
import type { Decided, MailboxObserver, Request } from './stream-mailbox.js';
import type { StreamRepository } from './stream-repository.js';

/** One mailbox for each stream that has commands waiting. */
export class StreamMailboxes<
  State,
  Event extends { readonly type: string; readonly data: object },
> implements MailboxObserver {
  readonly #mailboxes = new Map<string, StreamMailbox<State, Event>>();
  #depth = 0;

  constructor(
    private readonly store: EventStore,
    private readonly repository: StreamRepository<State, Event>,
    private readonly evolve: (state: State, event: Event) => State,
  ) {}

  /** How many commands are waiting or being decided. */
  get depth(): number {
    return this.#depth;
  }

  /** Decides a command in its turn and resolves when its events are on disk. See {@link StreamMailbox.post}. */
  post(stream: string, request: Request<State, Event>): Promise<Decided<State, Event>> {
    let mailbox = this.#mailboxes.get(stream);
    if (mailbox === undefined) {
      mailbox = new StreamMailbox(stream, this.store, this.repository, this.evolve, this);
      this.#mailboxes.set(stream, mailbox);
    }
    return mailbox.post(request);
  }

  queued(change: number): void {
    this.#depth += change;
  }

  emptied(stream: string): void {
    this.#mailboxes.delete(stream);
  }
}
