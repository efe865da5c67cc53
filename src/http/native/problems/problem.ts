import type { ProblemCode } from './catalogue.js';

/** Why a request is refused, to be answered as a problem document (RFC 9457). The detail is meant for the client. */
export class Problem extends Error {
  override readonly name = 'Problem';

  /** @param members what else the document says, such as the range that would be valid */
  constructor(
    readonly code: ProblemCode,
    detail: string,
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }
}

/** A parameter of the request breaks a rule. */
export function invalidParameter(
  parameter: string,
  detail: string,
  place: 'path' | 'query' | 'header' | 'body' = 'query',
): Problem {
  return new Problem('INVALID_PARAMETER_VALUE', detail, { errors: [{ parameter, in: place, detail }] });
}

/** What was asked for is not there, or was not there then. */
export function notThere(detail: string): Problem {
  return new Problem('RESOURCE_DOES_NOT_EXIST', detail);
}

/** It will be there soon. */
export function notNow(detail: string): Problem {
  return new Problem('TEMPORARILY_UNAVAILABLE', detail);
}
