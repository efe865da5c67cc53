import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';

/**
 * What a failed call comes to.
 * - `conflict`: the stream does not end where the writer believed.
 * - `not-found`: there is no such stream.
 * - `too-large`: the server does not take so much at once.
 * - `elsewhere`: another node leads; the client goes there the next time.
 * - `unreachable`: the call never left this process.
 * - `refused`: the server will not do it, now or later.
 * - `uncertain`: whether the server did it is not known; it may have.
 */
export type FailureKind =
  'conflict' | 'not-found' | 'too-large' | 'elsewhere' | 'unreachable' | 'refused' | 'uncertain';

/** Status codes of gRPC with which a server says that it has not done what it was asked. */
const refusals: ReadonlySet<unknown> = new Set([
  3, // INVALID_ARGUMENT
  7, // PERMISSION_DENIED
  9, // FAILED_PRECONDITION
  12, // UNIMPLEMENTED
  16, // UNAUTHENTICATED
]);

const neverSent = /No connection established|Failed to discover|Name resolution failed/;

export function kindOf(error: unknown): FailureKind {
  if (error instanceof WrongExpectedVersionError) return 'conflict';
  if (error instanceof StreamNotFoundError) return 'not-found';
  if (error instanceof NotLeaderError) return 'elsewhere';
  if (error instanceof MaxAppendSizeExceededError) return 'too-large';
  if (error instanceof AccessDeniedError || error instanceof StreamDeletedError) return 'refused';
  if (!(error instanceof Error)) return 'uncertain';
  if (neverSent.test(error.message)) return 'unreachable';
  return refusals.has(codeOf(error)) ? 'refused' : 'uncertain';
}

/** Whether the server said that the place to read from is no place of its log, as it is for one of another log. */
export function isInvalidPosition(error: unknown): boolean {
  return codeOf(error) === 3 && /invalid position/i.test(String(error));
}

/** The status code of gRPC, if it was a call that failed. */
export function codeOf(error: unknown): number | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'number' ? code : undefined;
}

/** In words, also where the client leaves the message empty. */
export function reasonOf(error: unknown): string {
  if (error instanceof StreamDeletedError) return `stream ${error.streamName} has been deleted on the server`;
  if (error instanceof AccessDeniedError)
    return `the server denies access (${error.message || 'no reason given'})`;
  return error instanceof Error ? withoutTail(error.message) || error.constructor.name : String(error);
}

/** gRPC ends some messages with the beginning of one that is empty. */
function withoutTail(message: string): string {
  return message.replace(/\.?\s*Resolution note:\s*$/, '');
}
