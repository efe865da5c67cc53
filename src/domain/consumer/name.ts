import { invalidParameter } from '../registry-error.js';

export const maxConsumerNameLength = 128;

/** As a regular expression: what needs no escaping in a path. */
export const consumerNamePattern = `^[A-Za-z0-9._-]{1,${maxConsumerNameLength}}$`;

const pattern = new RegExp(consumerNamePattern);

/**
 * The name of a consumer, given back so that it can stand where the value is used.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE
 */
export function consumerName(text: string): string {
  // A URL has no way to say these two: they are steps of a path.
  if (pattern.test(text) && text !== '.' && text !== '..') return text;
  throw invalidParameter(
    `A consumer is called by 1 to ${maxConsumerNameLength} letters, digits, dots, underscores and hyphens, and not by ` +
      '. or .. alone.',
  );
}
