import type { KeyObject } from 'node:crypto';
import { AesSecretBox } from './aes-secret-box.js';
import { keyInFile, keyKeptInFile, randomKey } from './secrets-key-file.js';

/**
 * The box of secrets of this service. What was sealed with the key in the file is opened, too, after keys have been
 * configured.
 *
 * @param configured keys, the first of which seals; where there is none, the file's does
 * @param file where the key is kept, made if it is needed; `:memory:` for one that is forgotten; undefined where the log
 * is shared, so that a file of this node would be of no use to the others
 * @throws SecretsKeyError when the file holds something else
 */
export function openSecretBox(configured: readonly KeyObject[], file: string | undefined): AesSecretBox {
  if (file === undefined) return new AesSecretBox(configured);
  if (file === ':memory:') return new AesSecretBox(configured.length > 0 ? configured : [randomKey()]);
  if (configured.length === 0) return new AesSecretBox([keyKeptInFile(file)]);
  const kept = keyInFile(file);
  return new AesSecretBox(kept === undefined ? configured : [...configured, kept]);
}
