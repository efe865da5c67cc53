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

/** A question to the log, or its answer, on the way. */
interface Message {
  /** The node that waits for it, or `nobody`. */
  readonly node: string;
  readonly what: string;
  /** Whether it changes the log when it arrives, even if its node is dead by then. */
  readonly isAppend: boolean;
  arrive(): Promise<void>;
  /** Tells the node that its call failed. */
  fail(): void;
}

/** What a node asks of the log. */
interface Call<Result> {
  readonly what: string;
  readonly isAppend: boolean;
  ask(): Promise<Result>;
  summary(result: Result): string;
}

/** Whom an append belongs to when its node has given it up and it may still arrive. */
const nobody = 'nobody';

/**
 * A log behind a network that somebody else drives. Every call of a node is two messages, the question and the answer,
 * and none arrives before it is let through. An append may arrive when its node has given it up or is long dead.
 */
export class HeldUpLog {
  readonly #underway: Message[] = [];
  readonly #dead = new Set<string>();
  /** What has arrived, failed and died, for whoever has to understand a failed test. */
  readonly trace: string[] = [];

  constructor(private readonly log: EventStore) {}

  /** How many messages are on their way. */
  get underway(): number {
    return this.#underway.length;
  }

  /** Whether anybody still waits for a message. */
  get mattersToSomebody(): boolean {
    return this.#underway.some((_, index) => this.matters(index));
  }

  /** Whether anybody still waits for what becomes of a message. */
  matters(index: number): boolean {
    const node = this.#underway[index]?.node ?? nobody;
    return node !== nobody && !this.isDead(node);
  }

  isWaiting(node: string): boolean {
    return this.#underway.some((message) => message.node === node);
  }

  isDead(node: string): boolean {
    return this.#dead.has(node);
  }

  /** The log as one node reaches it. It can be appended to, its streams be read, and its head be asked for at once. */
  connect(node: string): EventStore {
    const { log } = this;
    const call = <Result>(call: Call<Result>) => this.#call(node, call);
    const append = (stream: string, expected: ExpectedRevision, events: readonly NewEvent[]) =>
      call({
        what: `append ${events.map(({ type }) => type).join(', ')} to ${short(stream)} at ${expected}`,
        isAppend: true,
        ask: () => log.append(stream, expected, events),
        summary: ({ revision }: Appended) => `revision ${revision}`,
      });
    async function* readStream(stream: string, options?: ReadStreamOptions) {
      yield* await call({
        what: `read ${short(stream)}`,
        isAppend: false,
        ask: () => all(log.readStream(stream, options)),
        summary: ({ length }: readonly RecordedEvent[]) => `${length} events`,
      });
    }
    return { append, readStream, head: () => log.head() } as Partial<EventStore> as EventStore;
  }

  /** Lets one message arrive. */
  async pass(index: number): Promise<void> {
    const message = this.#take(index);
    this.trace.push(`${message.node}: ${message.what}`);
    await message.arrive();
  }

  /** Tells a node that its call failed. If it was an append that had not arrived, it still may. */
  fail(index: number): void {
    const message = this.#take(index);
    this.trace.push(`${message.node}: ${message.what} FAILS`);
    message.fail();
  }

  /** Ends the node that a message belongs to. Of its messages, only appends stay on their way. */
  kill(index: number): void {
    const node = this.#underway[index]?.node ?? nobody;
    this.trace.push(`${node} DIES`);
    this.#dead.add(node);
    const left = this.#underway.filter((message) => message.node !== node || message.isAppend);
    this.#underway.splice(0, Infinity, ...left);
  }

  #call<Result>(node: string, { what, isAppend, ask, summary }: Call<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.isDead(node)) return;
      let givenUp = false;
      const answer = (outcome: string, settle: () => void) => {
        if (givenUp || this.isDead(node)) return;
        this.#underway.push({
          node,
          what: `${what} → ${outcome}`,
          isAppend: false,
          arrive: async () => settle(),
          fail: () => reject(new LogUnavailableError('the answer was lost')),
        });
      };
      const question: Message = {
        node,
        what,
        isAppend,
        arrive: () =>
          ask().then(
            (result) => answer(summary(result), () => resolve(result)),
            (error: unknown) => answer(String(error), () => reject(error)),
          ),
        fail: () => {
          givenUp = true;
          if (isAppend) this.#underway.push({ ...question, node: nobody });
          reject(new LogUnavailableError('the question was lost, or is late'));
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

function short(stream: string): string {
  return stream.slice(0, stream.indexOf('-') + 5);
}
