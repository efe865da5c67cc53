/**
 * Why the registry refuses, in MLflow's words (`mlflow.exceptions.ErrorCode`), so that every client understands. MLflow
 * has no word for PRECONDITION_FAILED, and its clients never set a condition.
 * Each code has an entry in docs/errors.md.
 */
export type RegistryErrorCode =
  | 'INVALID_PARAMETER_VALUE'
  | 'RESOURCE_ALREADY_EXISTS'
  | 'RESOURCE_DOES_NOT_EXIST'
  | 'RESOURCE_CONFLICT'
  | 'PRECONDITION_FAILED'
  | 'FEATURE_DISABLED'
  | 'ENDPOINT_NOT_FOUND'
  | 'TEMPORARILY_UNAVAILABLE'
  | 'INTERNAL_ERROR';

/** A rule said no. The message names the thing and is meant for the client. Nothing has been recorded. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';

  constructor(
    readonly code: RegistryErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A parameter of the request breaks a rule. */
export function invalidParameter(message: string): RegistryError {
  return new RegistryError('INVALID_PARAMETER_VALUE', message);
}
