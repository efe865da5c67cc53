import { invalidParameter } from '../../../domain/registry-error.js';

/**
 * Refuses what is no text: a NUL, which databases cut texts at, and halves of surrogate pairs, which UTF-8 cannot
 * express. Nothing in the registry contains them, so a search for them is a mistake.
 */
export function refuseUnstorable(parameter: string, text: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return;
  throw invalidParameter(
    `Invalid value for parameter '${parameter}': it contains a NUL character or an unpaired surrogate.`,
  );
}
