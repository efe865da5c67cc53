import { RegistryError } from '../registry-error.js';

export function consumerNotFound(name: string): RegistryError {
  return new RegistryError('RESOURCE_DOES_NOT_EXIST', `Consumer ${name} not found`);
}

/** There is one of this name which is told something else. */
export function consumerDiffers(name: string): RegistryError {
  return new RegistryError(
    'RESOURCE_ALREADY_EXISTS',
    `Consumer ${name} already exists with another description or filter. Delete it first: its checkpoint goes with it.`,
  );
}

/** What lies between the checkpoint and what the client read would be passed over. */
export function acknowledgementLeavesGap(name: string, checkpoint: number, after: number): RegistryError {
  return new RegistryError(
    'RESOURCE_CONFLICT',
    `Consumer ${name} was put back to ${checkpoint} since its notices after ${after} were read: read on from there.`,
  );
}
