import { EventStoreDbDouble } from './eventstoredb-double.js';

/**
 * Doubles that are one cluster. They share a file instead of replicating: it is the leader's, and whoever leads next
 * goes on with it.
 */
export class EventStoreDbCluster {
  private constructor(
    readonly members: readonly EventStoreDbDouble[],
    private leading: EventStoreDbDouble,
  ) {}

  /** Starts one member that leads and others that follow. */
  static async start(size: number, file: string): Promise<EventStoreDbCluster> {
    const leader = await EventStoreDbDouble.start({ file });
    const start = () => EventStoreDbDouble.start({ file, follows: true });
    const followers = await Promise.all(Array.from({ length: size - 1 }, start));
    const cluster = new EventStoreDbCluster([leader, ...followers], leader);
    await cluster.#tell(cluster.members);
    return cluster;
  }

  /** Names all members, so the client asks for their gossip. */
  get connectionString(): string {
    return `esdb://${this.members.map(({ port }) => `127.0.0.1:${port}`).join()}?tls=false`;
  }

  get leader(): EventStoreDbDouble {
    return this.leading;
  }

  /** Lets another member lead. Those named dead are out of the cluster. */
  async elect(leader: EventStoreDbDouble, dead: readonly EventStoreDbDouble[] = []): Promise<void> {
    const old = this.leading;
    this.leading = leader;
    const alive = this.members.filter((member) => !dead.includes(member));
    // The old leader first, so that two never write to the file.
    await this.#tell(alive, old);
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map((member) => member.kill()));
  }

  async #tell(alive: readonly EventStoreDbDouble[], first?: EventStoreDbDouble): Promise<void> {
    const members = alive.map((member) => member.member(member === this.leading));
    if (first !== undefined && alive.includes(first)) await first.join(members);
    await Promise.all(alive.map((member) => member.join(members)));
  }
}
