import { enumeration, string } from './schema-words.js';

/** Who did it. */
export const actor = {
  type: enumeration('user', 'unauthenticated', 'system'),
  id: string,
  authentication: enumeration('unauthenticated', 'basic-unverified', 'system'),
};
