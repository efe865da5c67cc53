import { Metadata, status } from '@grpc/grpc-js';

/** A call that fails, as the server says it: a gRPC status, and trailers that tell the client which exception it is. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly metadata = new Metadata();

  constructor(
    readonly code: status,
    readonly details: string,
    trailers: Readonly<Record<string, string>> = {},
  ) {
    super(details);
    // Trailers are ASCII. What a server makes of other stream names is not known here.
    for (const [key, value] of Object.entries(trailers))
      this.metadata.set(key, value.replace(/[^ -~]/g, '?'));
  }
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export const refusals = {
  accessDenied: () => new Refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' }),

  unauthenticated: () => new Refusal(status.UNAUTHENTICATED, ''),

  unavailable: () => new Refusal(status.UNAVAILABLE, 'Server Is Not Ready'),

  notLeader: ({ host, port }: Endpoint) =>
    new Refusal(status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': host,
      'leader-endpoint-port': String(port),
    }),

  streamDeleted: (stream: string) =>
    new Refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
      exception: 'stream-deleted',
      'stream-name': stream,
    }),

  wrongExpectedVersion: (stream: string, expected: bigint, actual: bigint) =>
    new Refusal(status.FAILED_PRECONDITION, `Delete failed due to WrongExpectedVersion. Stream: ${stream}`, {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(expected),
      'actual-version': String(actual),
    }),

  maximumAppendSizeExceeded: (size: number) =>
    new Refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${size} Exceeded.`, {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(size),
    }),

  invalidArgument: (details: string) => new Refusal(status.INVALID_ARGUMENT, details),

  invalidPosition: () => new Refusal(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.'),
};

/** What is no refusal is a mistake of the double, which whoever runs the tests should see. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  process.stderr.write(`The double of EventStoreDB is broken: ${(error as Error).stack}\n`);
  return new Refusal(status.INTERNAL, String(error));
}
