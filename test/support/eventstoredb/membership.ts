import type { Endpoint } from './refusals.js';
import { refusals } from './refusals.js';

export interface Member extends Endpoint {
  readonly id: string;
  readonly leads: boolean;
}

/** The cluster as this member sees it. Only the leader answers; there is always one. */
export class Membership {
  #members: readonly Member[];

  constructor(private readonly self: Member) {
    this.#members = [self];
  }

  get members(): readonly Member[] {
    return this.#members;
  }

  get leads(): boolean {
    return this.#members.some(({ id, leads }) => leads && id === this.self.id);
  }

  change(members: readonly Member[]): void {
    this.#members = members;
  }

  requireLeader(): void {
    const leader = this.#members.find(({ leads }) => leads);
    if (leader === undefined) throw refusals.unavailable();
    if (!this.leads) throw refusals.notLeader(leader);
  }
}
