import type {
  Appended,
  EventStore,
  ExpectedRevision,
  NewEvent,
  ReadStreamOptions,
  RecordedEvent,
} from '../../src/application/ports/event-store.js';
import { LogUnavailableError } from '../../src/application/ports/event-store.js';
import { all } from './log-events.js';

/** A message on its way between a client and the log. */
interface Message {
  readonly client: string;
  readonly what: string;
  /** Of what it asks the log: only an append does anything when its client is gone. */
  readonly isAppend: boolean;
  /** Lets it arrive. */
  arrive(): Promise<void>;
  /** Tells the client that its call failed, whatever has become of it. */
  fail(): void;
}

/** Whom an append belongs to when its client has given it up and it may still arrive. */
const nobody = 'nobody';

/**
 * A log behind a network that somebody else drives: every call of every client is two messages, the question and the
 * answer, and none arrives before it is let through. Questions may arrive when their client is long dead.
 */
export class HeldUpLog {
  readonly #underway: Message[] = [];
  readonly #dead = new Set<string>();
  /** What has arrived, been lost and died, for whoever has to understand a failure. */
  readonly trace: string[] = [];

  constructor(private readonly log: EventStore) {}

  /** How many messages are on their way. */
  get underway(): number {
    return this.#underway.length;
  }

  isWaiting(client: string): boolean {
    return this.#underway.some((message) => message.client === client);
  }

  isDead(client: string): boolean {
    return this.#dead.has(client);
  }

  get mattersToSomebody(): boolean {
    return this.#underway.some((_, index) => this.matters(index));
  }

  /** Whether somebody still waits for what becomes of a message. */
  matters(index: number): boolean {
    const client = this.#underway[index]?.client ?? nobody;
    return client !== nobody && !this.isDead(client);
  }

  /** The log as one client reaches it. */
  connect(client: string): EventStore {
    const call = <Result>(what: string, isAppend: boolean, ask: () => Promise<Result>) =>
      this.#call(client, what, isAppend, ask);
    const log = this.log;
    return {
      append: (stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> =>
        call(`append ${describe(stream, events)} at ${expected}`, true, () =>
          log.append(stream, expected, events),
        ),
      async *readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent> {
        yield* await call(`read ${short(stream)}`, false, () => all(log.readStream(stream, options)));
      },
      head: () => call('head', false, () => log.head()),
    } as EventStore;
  }

  /** Lets one message arrive. */
  async pass(index: number): Promise<void> {
    const message = this.#take(index);
    this.trace.push(`${message.client}: ${message.what}`);
    await message.arrive();
  }

  /** Tells a client that a call failed. If it was an append that had not arrived, it still may. */
  fail(index: number): void {
    const message = this.#take(index);
    this.trace.push(`${message.client}: ${message.what} FAILS`);
    message.fail();
  }

  /** Ends the client that a message belongs to. Only its appends stay on their way. */
  kill(index: number): void {
    const client = this.#underway[index]?.client ?? '';
    this.trace.push(`${client} DIES`);
    this.#dead.add(client);
    const left = this.#underway.filter((message) => message.client !== client || message.isAppend);
    this.#underway.splice(0, Infinity, ...left);
  }

  #call<Result>(client: string, what: string, isAppend: boolean, ask: () => Promise<Result>) {
    return new Promise<Result>((resolve, reject) => {
      if (this.isDead(client)) return;
      let failed = false;
      const answer = (settle: () => void, outcome: string) => {
        if (failed || this.isDead(client)) return;
        this.#underway.push({
          client,
          what: `${what} → ${outcome}`,
          isAppend: false,
          arrive: async () => settle(),
          fail: () => reject(new LogUnavailableError('the answer was lost')),
        });
      };
      const question: Message = {
        client,
        what,
        isAppend,
        arrive: () =>
          ask().then(
            (result) => answer(() => resolve(result), summary(result)),
            (error: unknown) => answer(() => reject(error), String(error)),
          ),
        fail: () => {
          failed = true;
          if (isAppend) this.#underway.push({ ...question, client: nobody });
          reject(new LogUnavailableError('the question was lost, or delayed'));
        },
      };
      this.#underway.push(question);
    });
  }

  #take(index: number): Message {
    const [message] = this.#underway.splice(index, 1);
    if (message === undefined) throw new RangeError(`No message ${index} is on its way`);
    return message;
  }
}

function describe(stream: string, events: readonly NewEvent[]): string {
  return `${events.map(({ type }) => type).join(', ')} to ${short(stream)}`;
}

function short(stream: string): string {
  return stream.slice(0, stream.indexOf('-') + 5);
}

function summary(result: unknown): string {
  return Array.isArray(result)
    ? `${result.length} events`
    : typeof result === 'object'
      ? `revision ${(result as Appended).revision}`
      : String(result);
}
