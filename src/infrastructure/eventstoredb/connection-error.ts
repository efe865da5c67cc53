import type { ConnectionAddress } from './connection-address.js';
import { describeAddress } from './connection-address.js';

/** EventStoreDB cannot be used as it is configured; the message says what is wrong and how to mend it. */
export class EventStoreDbConnectionError extends Error {
  override readonly name = 'EventStoreDbConnectionError';

  /**
   * @param problem what is wrong, the end of a sentence
   * @param remedy what to do, a sentence without its full stop
   */
  constructor(address: ConnectionAddress, problem: string, remedy: string, cause?: unknown) {
    super(`EventStoreDB at ${describeAddress(address)} cannot be used: ${problem}. ${remedy}.`, { cause });
  }
}
