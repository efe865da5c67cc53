import { RegistryError } from './registry-error.js';

/** A parameter of a request breaks a rule, and this says which one. */
export class RefusedParameterError extends RegistryError {
  constructor(
    readonly parameter: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super('INVALID_PARAMETER_VALUE', message, options);
  }
}
