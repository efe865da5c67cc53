import { RegistryError } from '../../../src/domain/registry-error.js';

/** The message of the refusal. Anything else that is thrown is a bug and thrown on. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'INVALID_PARAMETER_VALUE') return error.message;
    throw error;
  }
  throw new Error('It was not refused');
}
