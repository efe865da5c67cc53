import type { RegistryErrorCode } from '../../domain/registry-error.js';

interface Classification {
  readonly status: number;
  /** What MLflow adds to an error since 3.11; codes that its registry does not use have none. */
  readonly state?: { readonly sqlstate: string; readonly error_class: string };
}

const byTheRequest = (error_class: string) => ({ sqlstate: 'KAM00', error_class });
const byTheServer = { sqlstate: 'XXM00', error_class: 'CLIENT_INTERNAL_ERROR' };

/** MLflow's codes, statuses and classes (registry contract, "codes and statuses"). */
const classes: Readonly<Record<RegistryErrorCode, Classification>> = {
  INVALID_PARAMETER_VALUE: { status: 400, state: byTheRequest('INVALID_PARAMETER_VALUE') },
  RESOURCE_ALREADY_EXISTS: { status: 400, state: byTheRequest('RESOURCE_ALREADY_EXISTS') },
  FEATURE_DISABLED: { status: 400, state: byTheRequest('FEATURE_DISABLED') },
  RESOURCE_DOES_NOT_EXIST: { status: 404, state: byTheRequest('RESOURCE_NOT_FOUND') },
  ENDPOINT_NOT_FOUND: { status: 404 },
  RESOURCE_CONFLICT: { status: 409 },
  PRECONDITION_FAILED: { status: 412 },
  INTERNAL_ERROR: { status: 500, state: byTheServer },
  TEMPORARILY_UNAVAILABLE: { status: 503, state: byTheServer },
};

/** The HTTP status of an error, unless the case has one of its own. */
export function statusOf(code: RegistryErrorCode): number {
  return classes[code].status;
}

/** The body of every error. */
export function errorMessage(code: RegistryErrorCode, message: string) {
  return { error_code: code, message, ...classes[code].state };
}
