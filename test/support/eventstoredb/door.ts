import type { Metadata } from '@grpc/grpc-js';
import { setTimeout } from 'node:timers/promises';
import type { Access } from './access.js';
import type { CallLog, Method } from './calls.js';
import type { Connections } from './connections.js';
import type { Fault, Faults } from './faults.js';
import type { Membership } from './membership.js';
import { refusals } from './refusals.js';

/** What all kinds of gRPC calls have in common. */
export interface Caller {
  readonly metadata: Metadata;
  getPeer(): string;
  once(event: 'cancelled', listener: () => void): unknown;
}

/** What every call passes before it is answered: it is counted, meets its fault, and is refused who may not. */
export class Door {
  constructor(
    private readonly calls: CallLog,
    private readonly faults: Faults,
    private readonly connections: Connections,
    private readonly membership: Membership,
    private readonly access: Access,
  ) {}

  /** Lets in a call that reads or writes a stream. The answer is a fault that it meets only later. */
  async admit(
    call: Caller,
    method: Method,
    right: 'read' | 'write',
    stream: string,
  ): Promise<Fault | undefined> {
    const fault = await this.letPass(call, method);
    this.membership.requireLeader();
    this.access.check(call.metadata, right, stream);
    return fault;
  }

  /** Lets in a call that everybody may make of every member of the cluster. */
  async letPass(call: Caller, method: Method): Promise<Fault | undefined> {
    this.calls.began(method);
    const fault = this.faults.take(method);
    switch (fault?.kind) {
      case 'hang':
        await this.faults.healed();
        return undefined;
      case 'slow':
        await setTimeout(fault.milliseconds);
        return undefined;
      case 'cut':
        return this.#cut(call);
      case 'unavailable':
        throw refusals.unavailable();
      case 'access denied':
        throw refusals.accessDenied();
      case 'not leader':
        throw refusals.notLeader(fault.leader);
      case 'lose reply':
      case 'end':
      case 'break':
      case 'go quiet':
      case undefined:
        return fault;
    }
  }

  /** Lets the answer out, unless it is to be lost. */
  async release(call: Caller, fault: Fault | undefined): Promise<void> {
    if (fault?.kind === 'lose reply') await this.#cut(call);
  }

  #cut(call: Caller): Promise<never> {
    this.connections.cut(call.getPeer());
    return new Promise(() => {});
  }
}
