import type { Revision } from './event-store.js';

/** A command with an Idempotency-Key that was answered. */
export interface AnsweredRequest {
  /** Hash of the command. */
  readonly fingerprint: string;
  readonly stream: string;
  /** Revision of the last event of the command: the state right after it is the answer. */
  readonly revision: Revision;
}

/** The idempotent requests that this node's read model knows. */
export abstract class IdempotencyRegister {
  /** @param key hash of actor and Idempotency-Key, as in the event metadata */
  abstract find(key: string): AnsweredRequest | undefined;
}
