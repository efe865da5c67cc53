import type { Metadata } from '@grpc/grpc-js';
import { setTimeout } from 'node:timers/promises';
import type { Access } from './access.js';
import type { CallLog, Method } from './calls.js';
import type { Connections } from './connections.js';
import type { Fault, Faults } from './faults.js';
import type { Membership } from './membership.js';
import { asRefusal, refusals } from './refusals.js';

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

  /** Answers a call, or tells it what went wrong. It counts as cancelled if its client is gone before. */
  async serve(
    call: Caller,
    method: Method,
    fail: (error: Error) => void,
    answer: (cancelled: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const cancelled = new AbortController();
    let answered = false;
    call.once('cancelled', () => {
      if (answered) return;
      this.calls.cancelled(method);
      cancelled.abort();
    });
    try {
      await answer(cancelled.signal);
    } catch (error) {
      if (!cancelled.signal.aborted) fail(asRefusal(error));
    }
    answered = true;
  }

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
    if (fault?.kind === 'hang') await this.faults.healed();
    if (fault?.kind === 'slow') await setTimeout(fault.milliseconds);
    if (fault?.kind === 'cut') this.#cut(call);
    if (fault?.kind === 'unavailable') throw refusals.unavailable();
    if (fault?.kind === 'access denied') throw refusals.accessDenied();
    if (fault?.kind === 'not leader') throw refusals.notLeader(fault.leader);
    return fault;
  }

  /** Lets the answer out, unless it is to be lost. */
  release(call: Caller, fault: Fault | undefined): void {
    if (fault?.kind === 'lose reply') this.#cut(call);
  }

  #cut(call: Caller): never {
    this.connections.cut(call.getPeer());
    throw refusals.unavailable();
  }
}
