import { RegistryError } from '../registry-error.js';

/** MLflow's words for a webhook that is not there, or not any more. */
export function webhookNotFound(webhookId: string): RegistryError {
  return new RegistryError('RESOURCE_DOES_NOT_EXIST', `Webhook with ID ${webhookId} not found.`);
}

/** Ids are made by the service: only the same request, sent twice, meets one that is there. */
export function webhookExists(webhookId: string): RegistryError {
  return new RegistryError('RESOURCE_ALREADY_EXISTS', `There is a webhook with ID ${webhookId} already.`);
}
