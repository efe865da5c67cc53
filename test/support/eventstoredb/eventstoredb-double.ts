import type { ChildScript } from '../child-script.js';
import { startScript } from '../child-script.js';
import type { User } from './access.js';
import type { Calls, Method } from './calls.js';
import { allMethods } from './calls.js';
import type { Answer, Control } from './control.js';
import type { Ending, Fault } from './faults.js';
import type { Member } from './membership.js';
import type { DoubleOptions } from './options.js';
import { thawAtOurEnd } from './thaw-at-our-end.js';

/**
 * A double of EventStoreDB: a process of its own that speaks the server's protocol over a real socket, and that fails
 * when it is told to. It proves how a client deals with the protocol, not how the server behaves.
 *
 * Whoever starts it has to end it, with {@link stop} or {@link kill}; it ends by itself when this process does.
 */
export class EventStoreDbDouble {
  readonly #answers = new Map<number, (result: unknown) => void>();
  #asked = 0;
  #guard: (() => void) | undefined;

  private constructor(
    private readonly process: ChildScript,
    private readonly options: DoubleOptions,
    private readonly id: string,
    readonly port: number,
  ) {}

  static async start(options: DoubleOptions = {}): Promise<EventStoreDbDouble> {
    const script = startScript(new URL('./server.ts', import.meta.url), JSON.stringify(options));
    const lines = script.lines[Symbol.asyncIterator]();
    const { value: first = '' } = (await lines.next()) as { value?: string };
    if (first === '') throw new Error('The double has ended before it was ready');
    const { id, port } = JSON.parse(first) as { id: string; port: number };
    const double = new EventStoreDbDouble(script, options, id, port);
    void double.#hear(lines);
    return double;
  }

  /** For a client of the first user, if there are users. */
  get connectionString(): string {
    return this.connectionStringFor(this.options.users?.[0]);
  }

  connectionStringFor(user?: Pick<User, 'name' | 'password'>): string {
    const { tls } = this.options;
    const who = user === undefined ? '' : `${user.name}:${encodeURIComponent(user.password)}@`;
    const security =
      tls === undefined ? 'tls=false' : `tls=true&tlsCAFile=${encodeURIComponent(tls.authority)}`;
    const host = tls === undefined ? '127.0.0.1' : 'localhost';
    return `esdb://${who}${host}:${this.port}?${security}`;
  }

  /** Lets the next so many calls of a method, or of several, meet a fault; all of them without a number. */
  async fail(method: Method | readonly Method[] | 'all', fault: Fault, times?: number): Promise<void> {
    const methods = method === 'all' ? allMethods : [method].flat();
    await this.#ask('fail', methods, fault, ...(times === undefined ? [] : ([times] as const)));
  }

  /** Takes back all faults. Calls that hang go on, so what they append comes late rather than never. */
  async heal(): Promise<void> {
    await this.#ask('heal');
  }

  /** Brings the subscriptions that are open to nothing. */
  async endSubscriptions(ending: Ending): Promise<void> {
    await this.#ask('endSubscriptions', ending);
  }

  async cutConnections(): Promise<void> {
    await this.#ask('cutConnections');
  }

  /** Lets the server write events about itself, which are in `$all` and in no stream of ours. */
  async writeSystemEvents(count: number): Promise<void> {
    await this.#ask('writeSystemEvents', count);
  }

  /** What clients have asked for up to now. */
  calls(): Promise<Calls> {
    return this.#ask('calls', 0);
  }

  /** Resolves when the calls are as they should be. */
  async until(condition: (calls: Calls) => boolean): Promise<Calls> {
    let calls = await this.calls();
    while (!condition(calls)) calls = await this.#ask('calls', calls.version);
    return calls;
  }

  /** Tells it who belongs to its cluster, itself included. */
  async join(members: readonly Member[]): Promise<void> {
    await this.#ask('changeMembers', members);
  }

  /** It as a member of a cluster. */
  member(leads: boolean): Member {
    return { id: this.id, host: '127.0.0.1', port: this.port, leads };
  }

  /** Stops it where it is: connections stay open, and nobody answers. */
  freeze(): void {
    this.process.signal('SIGSTOP');
    this.#guard ??= thawAtOurEnd(this.process.pid);
  }

  thaw(): void {
    this.process.signal('SIGCONT');
    this.#guard?.();
    this.#guard = undefined;
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    await this.process.kill();
    this.thaw();
  }

  async stop(): Promise<void> {
    this.thaw();
    await this.process.end();
  }

  /** Starts another one in its place: at its port, with its file. This one has to be dead. */
  restart(): Promise<EventStoreDbDouble> {
    return EventStoreDbDouble.start({ ...this.options, port: this.port });
  }

  #ask<Name extends keyof Control>(
    name: Name,
    ...given: Parameters<Control[Name]>
  ): Promise<Awaited<ReturnType<Control[Name]>>> {
    this.#asked += 1;
    this.process.say(JSON.stringify([this.#asked, name, given]));
    return new Promise((resolve) => {
      this.#answers.set(this.#asked, (result) => resolve(result as Awaited<ReturnType<Control[Name]>>));
    });
  }

  async #hear(lines: AsyncIterator<string>): Promise<void> {
    for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
      const [id, result] = JSON.parse(line.value) as Answer;
      this.#answers.get(id)?.(result);
      this.#answers.delete(id);
    }
  }
}
